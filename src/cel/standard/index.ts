/** The functions of the CEL specification, and those of the optional values. */
export { type Call, method, NO_SUCH_OVERLOAD, overload, type Signature, total } from "./declare.ts";
export { STANDARD_FUNCTIONS } from "./functions.ts";
export { checkedInt, checkedUint } from "./int-arithmetic.ts";
export { MAP_INSERTION } from "./map-insertion.ts";
export { OPTIONALS } from "./optionals.ts";
export { checkedDuration } from "./time-arithmetic.ts";
