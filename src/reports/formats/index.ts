/** The report formats except HTML. */
export { createGithubReporter } from "./github.ts";
export { createGitlabReporter } from "./gitlab.ts";
export { createJsonReporter } from "./json.ts";
export { element, junitDocument, lines, testSuite, textContent } from "./junit-xml.ts";
export { createJunitReporter } from "./junit.ts";
export { createSarifReporter } from "./sarif.ts";
export { createTextReporter } from "./text.ts";
