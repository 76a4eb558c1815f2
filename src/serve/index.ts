/** `fairlead serve`: assembles the server from the configuration and runs it. */
export { serve } from "./serve.ts";
export { stopSignal } from "./signals.ts";
