import type { JsonObject } from "../../field/index.ts";
import { ApiError, getIfPresent, isForbidden, type KubernetesApi, objectOf, textAt } from "../api/index.ts";
import type { IssuedCertificate } from "./issued-certificate.ts";

/** Where the Secret is. */
export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** What the Secret holds, sound or not: texts that are missing are empty. */
export interface StoredCertificate {
  readonly issued: IssuedCertificate;
  /** The CA certificates that some replica may still be serving under, in PEM. */
  readonly previous: string;
  /** The object as it was read; its version is what a write builds on. */
  readonly object: JsonObject;
}

const KEYS = { ca: "ca.crt", certificate: "tls.crt", key: "tls.key", previous: "previous-ca.crt" } as const;

/** Reads the Secret; undefined where it does not exist. */
export async function readSecret(api: KubernetesApi, at: SecretName): Promise<StoredCertificate | undefined> {
  const object = await getIfPresent(api, `${collection(at)}/${at.name}`);
  if (object === undefined) return undefined;
  const text = (key: string): string => Buffer.from(textAt(object, "data", key) ?? "", "base64").toString("utf8");
  const pair = { certificate: text(KEYS.certificate), key: text(KEYS.key) };
  return { issued: { ca: text(KEYS.ca), pair }, previous: text(KEYS.previous), object };
}

/**
 * Writes the Secret, as long as nobody has written it since `stored` was read; creates it where there was none.
 * Whatever else it holds stays.
 * @throws ApiError with status 409 if somebody was faster, with 403 where there is no Secret and none may be made.
 */
export async function writeSecret(
  api: KubernetesApi,
  at: SecretName,
  stored: StoredCertificate | undefined,
  issued: IssuedCertificate,
  previous: string,
): Promise<void> {
  const texts = {
    [KEYS.ca]: issued.ca,
    [KEYS.certificate]: issued.pair.certificate,
    [KEYS.key]: issued.pair.key,
  };
  const data: JsonObject = { ...objectOf(stored?.object.data) };
  for (const [key, text] of Object.entries({ ...texts, [KEYS.previous]: previous })) data[key] = base64(text);
  if (stored === undefined) await create(api, at, { ...emptySecret(at), data });
  else await api.replace(`${collection(at)}/${at.name}`, { ...stored.object, data });
}

/** The chart grants no right to make Secrets, which RBAC cannot limit to one name: it makes this one itself, empty. */
async function create(api: KubernetesApi, at: SecretName, secret: JsonObject): Promise<void> {
  try {
    await api.create(collection(at), secret);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const way = "an empty one must be made, as `helm upgrade` does";
    throw new ApiError(error.status, `the Secret ${at.namespace}/${at.name} is gone, and ${way}: ${error.message}`);
  }
}

function collection(at: SecretName): string {
  return `/api/v1/namespaces/${at.namespace}/secrets`;
}

function emptySecret(at: SecretName): JsonObject {
  return { apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: at.name, namespace: at.namespace } };
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
