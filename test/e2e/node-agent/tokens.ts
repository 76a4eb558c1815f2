import { getIfPresent, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { flagAt, meta, numberAt } from "./objects.ts";

/** Where a container finds the token of its service account. */
export const TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
/** The part of its life after which a token is replaced, as a kubelet does it. */
const RENEW_AT = 0.8;

/** The tokens of a Pod's service account, bound to the Pod. */
export class Tokens {
  readonly #cluster: Cluster;
  readonly #pod: JsonObject;
  readonly #account: string;
  readonly #issued = new Map<string, { readonly token: string; readonly until: number }>();
  #isWanted: boolean | undefined;

  constructor(cluster: Cluster, pod: JsonObject) {
    this.#cluster = cluster;
    this.#pod = pod;
    const name = textAt(pod, "spec", "serviceAccountName") ?? "default";
    this.#account = `/api/v1/namespaces/${meta(pod, "namespace")}/serviceaccounts/${name}`;
  }

  /** Whether the Pod wants one without a volume for it: it says so itself, or its service account does. */
  async isWanted(): Promise<boolean> {
    const own = flagAt(this.#pod, "spec", "automountServiceAccountToken");
    this.#isWanted ??=
      own ?? flagAt(await getIfPresent(this.#cluster.api, this.#account), "automountServiceAccountToken") ?? true;
    return this.#isWanted;
  }

  /**
   * A token for a source of a projected volume: the last one, until it is due for renewal.
   * @throws if the API server issues none.
   */
  async token(source: JsonObject): Promise<string> {
    const [audience, seconds] = [textAt(source, "audience"), numberAt(source, 3600, "expirationSeconds")];
    const key = `${audience ?? ""} ${seconds}`;
    const last = this.#issued.get(key);
    if (last !== undefined && Date.now() < last.until) return last.token;
    const boundObjectRef = {
      kind: "Pod",
      apiVersion: "v1",
      name: meta(this.#pod, "name"),
      uid: meta(this.#pod, "uid"),
    };
    const answer = await this.#cluster.api.create(`${this.#account}/token`, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: {
        ...(audience === undefined ? {} : { audiences: [audience] }),
        expirationSeconds: seconds,
        boundObjectRef,
      },
    });
    const token = textAt(answer, "status", "token");
    if (token === undefined) throw new Error(`${this.#account}: no token was issued`);
    this.#issued.set(key, { token, until: Date.now() + seconds * 1000 * RENEW_AT });
    return token;
  }
}
