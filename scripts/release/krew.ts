import { stringify } from "yaml";

/** What a krew manifest needs to know of a release. */
export interface KrewRelease {
  readonly version: string;
  /** Where the npm package can be downloaded, which krew unpacks as it is. */
  readonly uri: string;
  readonly sha256: string;
  readonly homepage: string;
}

/**
 * The manifest by which krew, the plugin manager of kubectl, installs `kubectl fairlead`.
 * The format: https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/
 */
export function krewManifest({ version, uri, sha256, homepage }: KrewRelease): string {
  return stringify(
    {
      apiVersion: "krew.googlecontainertools.github.com/v1alpha2",
      kind: "Plugin",
      metadata: { name: "fairlead" },
      spec: {
        version: `v${version}`,
        homepage,
        // Fifty characters at most.
        shortDescription: "Check Services as the API server would",
        description:
          "Checks the Services in manifests as the API server and a team's policies would, without a cluster: what is wrong, " +
          "where, and what would be right. The same engine as the Fairlead admission webhook.\n",
        caveats: "Needs Node.js 22.19 or later in PATH.\n",
        platforms: [
          {
            // Windows runs no script by its first line.
            selector: { matchExpressions: [{ key: "os", operator: "In", values: ["linux", "darwin"] }] },
            uri,
            sha256,
            files: [{ from: "package/*", to: "." }],
            bin: "dist/cli.js",
          },
        ],
      },
    },
    { lineWidth: 0 },
  );
}
