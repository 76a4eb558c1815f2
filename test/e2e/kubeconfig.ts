/** A kubeconfig for a bearer token, as text. `ca` is for a server with TLS. */
export function kubeconfigFor(way: { readonly server: string; readonly token: string; readonly ca?: string }): string {
  const { server, token, ca } = way;
  // Without TLS there is nothing to verify, but the client requires this setting.
  const trust =
    ca === undefined
      ? { "insecure-skip-tls-verify": true }
      : { "certificate-authority-data": Buffer.from(ca).toString("base64") };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "e2e", cluster: { server, ...trust } }],
    users: [{ name: "e2e", user: { token } }],
    contexts: [{ name: "e2e", context: { cluster: "e2e", user: "e2e" } }],
    "current-context": "e2e",
  });
}
