/** What the package of the extension must have: the extension, the server with what it reads, and what the marketplace shows. */
const NEEDED = [
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "THIRD-PARTY-NOTICES.txt",
  "icon.png",
  "dist/extension.cjs",
  "server/dist/cli.js",
  "server/dist/check.cjs",
  "server/dist/others.cjs",
  "server/dist/worker.js",
  "server/dist/packages/vscode-languageserver/node.cjs",
  "server/dist/THIRD-PARTY-NOTICES.txt",
  "server/policies/baseline.yaml",
  "server/policies/coming-from/kyverno/restrict-node-port.yaml",
] as const;

/** What nobody who installs it has a use for. */
const UNWANTED = /^(?:src|test|node_modules)\/|\/node_modules\/|\.(?:map|ts|tsx|vsix)$|\.test\.|package-lock\.json$/;

/** What is wrong with the list of files that would be packed, as `vsce ls` prints it. */
export function faultsOfPackage(files: readonly string[]): string[] {
  return [
    ...NEEDED.filter((name) => !files.includes(name)).map((name) => `${name} is not in the package`),
    ...files.filter((name) => UNWANTED.test(name)).map((name) => `${name} does not belong into the package`),
  ];
}
