/** What stands for options of the command line, which this page does not have. */
const OPTIONS: readonly (readonly [option: string, words: string])[] = [
  ["--service-cidr or --cluster-profile", "Service CIDRs or Cluster"],
  ["--node-port-range or --cluster-profile", "Node ports or Cluster"],
  ["--cluster-profile", "Cluster"],
  ["--against", "the object before"],
];

/** The sentence with the names that things have in this page. */
export function inPageWords(sentence: string): string {
  return OPTIONS.reduce((text, [option, words]) => text.replaceAll(option, words), sentence);
}
