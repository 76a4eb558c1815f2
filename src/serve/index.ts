/** `fairlead serve`: everything put together from the configuration. */
export { serve } from "./serve.ts";
