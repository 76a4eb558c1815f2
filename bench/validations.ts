/** What teams ask of Services; all hold for the Services of the measured reviews. */
export const FIVE_VALIDATIONS = [
  "object.spec.type != 'NodePort'",
  "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0",
  "object.spec.ports.all(p, p.port < 1024 || p.port > 2000)",
  "object.metadata.name.matches('^[a-z][a-z0-9-]*$')",
  "!has(object.metadata.labels) || !('forbidden' in object.metadata.labels)",
];
/** The same and five more. */
export const VALIDATIONS = [
  ...FIVE_VALIDATIONS,
  "object.spec.?sessionAffinity.orValue('None') == 'None'",
  "!object.spec.ports.exists(p, has(p.nodePort) && p.nodePort == 22)",
  "object.spec.ports.filter(p, has(p.appProtocol)).size() <= 10",
  "request.operation in ['CREATE', 'UPDATE', 'DELETE']",
  "object.metadata.name.size() < 60",
];
