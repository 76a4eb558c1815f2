/**
 * The Common Expression Language, as the API server of Kubernetes evaluates it. Each subfolder has an index of its own, from which
 * other folders import; in the order of the flow: `types`, `values` and `ast`; `syntax` (from text to a tree), `functions` (how they
 * are declared), `standard` and `library` (the functions, on `format`, `go` and `kubernetes`), `check` (types), `run` (evaluation
 * and its cost), `environment` (all of it by version of Kubernetes).
 */
export {};
