/** What is refused of expressions whose types are right. */
export { validate } from "./validate.ts";
