/** Rules about ports: names, numbers, protocols. */
export { appProtocolName } from "./app-protocol-name.ts";
export { appProtocolRequired } from "./app-protocol-required.ts";
export { headlessTargetPort } from "./headless-target-port.ts";
export { namedPorts } from "./named-ports.ts";
export { portNameProtocol } from "./port-name-protocol.ts";
export { portRanges } from "./port-ranges.ts";
export { samePortTwoProtocols } from "./same-port-two-protocols.ts";
