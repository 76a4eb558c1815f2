/** The HTML report: one page that needs nothing else. */
export { createHtmlReporter } from "./reporter.ts";
