import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Cluster, KubeConfig, type User } from "@kubernetes/client-node";
import { parse } from "yaml";
import { errorCode, isObject } from "../../field/index.ts";
import { ConfigError } from "../../usage/index.ts";
import { errorText, objectsAt, textAt } from "./kubernetes-api.ts";

/**
 * Reads the kubeconfig file or, without one, `KUBECONFIG`, the user's own kubeconfig or the Pod's service account, and
 * checks that what it names exists and can be read.
 * @throws ConfigError with the problem and its place.
 */
export function readKubeconfig(file?: string): { readonly config: KubeConfig; readonly cluster: Cluster } {
  const what = file === undefined ? "the kubeconfig in use" : `the kubeconfig ${file}`;
  const fail = (message: string): never => {
    throw new ConfigError([`${what}${message}`]);
  };
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (error) {
    return fail(problemOf(error));
  }
  const context = config.getContextObject(config.getCurrentContext());
  if (context === null) return fail(missingContext(config));
  const cluster = config.getCluster(context.cluster);
  if (cluster === null)
    return fail(
      ` has no cluster ${JSON.stringify(context.cluster)}, which the context ${JSON.stringify(context.name)} names`,
    );
  const user = config.getUser(context.user);
  if (user === null && context.user !== "")
    return fail(` has no user ${JSON.stringify(context.user)}, whom the context ${JSON.stringify(context.name)} names`);
  for (const problem of clusterProblems(cluster)) fail(`: clusters: ${cluster.name}: ${problem}`);
  if (user !== null) {
    if (file !== undefined) takeTokenFile(file, user);
    for (const problem of userProblems(user)) fail(`: users: ${user.name}: ${problem}`);
  }
  return { config, cluster };
}

/** The problem, worded to follow the file's name. */
function problemOf(error: unknown): string {
  const code = errorCode(error);
  if (code === "ENOENT") return ": there is no such file";
  if (code === "EISDIR") return " is a folder: a file was expected";
  if (code === "EACCES") return " may not be read";
  const [first = ""] = errorText(error).split("\n");
  if (first.includes("the input is empty")) return " names no cluster: it is empty";
  const isYAML = error instanceof Error && error.name.startsWith("YAML");
  return isYAML ? ` is not valid YAML: ${first}` : ` cannot be used: ${first}`;
}

function missingContext(config: KubeConfig): string {
  // The file may hold anything: the library does not check that this is a list.
  const contexts: unknown = config.contexts;
  const names = objectsAt({ contexts }, "contexts").flatMap((one) => textAt(one, "name") ?? []);
  if (names.length === 0) return " names no cluster: it is empty, or has no contexts";
  const current: unknown = config.currentContext;
  return typeof current !== "string" || current === ""
    ? ` has no current-context; it has the contexts ${names.join(", ")}`
    : ` has no context ${JSON.stringify(current)}, which is its current-context; it has ${names.join(", ")}`;
}

function* clusterProblems({ server, caData, caFile }: Cluster): Iterable<string> {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    yield `server must be a URL such as https://10.0.0.1:6443, found ${JSON.stringify(server)}`;
  }
  yield* pemProblems("certificate-authority", caData, caFile, (pem) => new X509Certificate(pem));
}

function* userProblems(user: User): Iterable<string> {
  const { certData, certFile, keyData, keyFile } = user;
  yield* pemProblems("client-certificate", certData, certFile, (pem) => new X509Certificate(pem));
  yield* pemProblems("client-key", keyData, keyFile, (pem) => createPrivateKey(pem));
  const tokenFile = textAt(user, "authProvider", "config", "tokenFile");
  if (tokenFile === undefined) return;
  const text = contentOf(tokenFile);
  if ("problem" in text) yield `tokenFile ${tokenFile}: ${text.problem}`;
  else if (text.content.toString().trim() === "") yield `tokenFile ${tokenFile}: is empty`;
}

/** Inline data takes precedence over a file, as in kubectl. */
function* pemProblems(
  field: string,
  data: string | undefined,
  file: string | undefined,
  read: (pem: Buffer) => unknown,
): Iterable<string> {
  const inline = data !== undefined && data !== "";
  if (!inline && (file === undefined || file === "")) return;
  const name = inline ? `${field}-data` : `${field} ${file ?? ""}`;
  const content = inline ? { content: Buffer.from(data, "base64") } : contentOf(file ?? "");
  if ("problem" in content) yield `${name}: ${content.problem}`;
  else {
    try {
      read(content.content);
    } catch {
      yield `${name} holds no ${field === "client-key" ? "private key" : "certificate"} in PEM${inline ? ", in base64" : ""}`;
    }
  }
}

function contentOf(file: string): { readonly content: Buffer } | { readonly problem: string } {
  try {
    return { content: readFileSync(file) };
  } catch (error) {
    return { problem: problemOf(error).replace(/^[: ]+/, "") };
  }
}

/** The client library ignores `tokenFile` of a user; it supports the same under another name, for service accounts. */
function takeTokenFile(file: string, user: User): void {
  const document: unknown = parse(readFileSync(file, "utf8"));
  const own = objectsAt(document, "users").find(({ name }) => name === user.name);
  const tokenFile = textAt(own, "user", "tokenFile");
  if (tokenFile === undefined || isObject(user.authProvider)) return;
  Object.assign(user, {
    authProvider: { name: "tokenFile", config: { tokenFile: resolve(dirname(file), tokenFile) } },
  });
}
