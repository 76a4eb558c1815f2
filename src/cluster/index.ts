/**
 * What is read from and written to a cluster. A folder of folders, each with its own `index.ts`: `loop` (repeated
 * work), `api` (the Kubernetes API), `replicas`, `certificates`, `facts` (version, Service CIDRs, labels of
 * namespaces), `policies` (ServicePolicy objects), and `calls` (which writes the API server sends).
 */
export {};
