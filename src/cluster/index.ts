/**
 * What is read from and written to a cluster. A folder of folders, each with a door of its own: `loop` (work that repeats),
 * `api` (the Kubernetes API), `replicas`, `certificates`, `facts` (version, address ranges, labels of namespaces), and
 * `policies` (ServicePolicy objects).
 */
export {};
