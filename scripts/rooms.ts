/**
 * Which room (folder of `src`) may import which, from the innermost outwards; `npm run lint` holds it. A new room is a new
 * row here and in the table of CONTRIBUTING.md.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  field: [],
  net: [],
  usage: [],
  text: ["field"],
  service: ["field", "net"],
  policy: ["field", "net", "text", "service"],
  engine: ["field", "service", "policy"],
  files: ["field", "usage"],
  reports: ["field", "usage", "files", "text", "service"],
  explain: ["field", "service"],
  check: ["field", "net", "usage", "text", "service", "policy", "engine", "files", "reports"],
  upgrade: ["field", "usage", "text", "service", "policy", "engine", "reports", "check"],
  "policy-test": ["field", "text", "service", "policy", "engine", "reports"],
  admission: ["field", "service", "policy", "engine"],
  sources: ["service", "policy", "admission"],
  webhook: ["field", "usage", "text", "service", "policy", "admission", "sources"],
  cluster: ["field", "usage", "service", "policy", "admission", "sources"],
  serve: ["field", "net", "usage", "service", "policy", "admission", "sources", "webhook", "cluster"],
  commands: [
    "field",
    "usage",
    "service",
    "policy",
    "files",
    "reports",
    "explain",
    "check",
    "upgrade",
    "policy-test",
    "cluster",
    "serve",
  ],
  start: [],
};
