/** What several commands have in common: options, added and read, and what is told of a cluster that cannot be read. */
export { addOption } from "./add-option.ts";
export { clusterProblem } from "./cluster-problem.ts";
export { textOf, today } from "./option-values.ts";
