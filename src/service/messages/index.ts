/** The messages: one row for each code of a finding, with its sentence, its fix and its reason. */
export { canonicalAddress } from "./canonical-address.ts";
export { rangeOptions } from "./cluster-range.ts";
export type { MessageFacts, Reason } from "./facts.ts";
export { type Message, oneOf } from "./message.ts";
export { ADDRESS_FIX, addressKind } from "./host-faults.ts";
export { plainText } from "./lookalikes.ts";
export { beginsWithDash, lookalikeFault, placeholderIn } from "./text-faults.ts";
export { nearestValue } from "./spec.ts";
export { type Code, consequenceOf, MESSAGES, messageTitle, statusOf } from "./messages.ts";
