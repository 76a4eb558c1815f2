import type { JsonObject } from "../../field/index.ts";
import { ApiError, getIfPresent, isForbidden, type KubernetesApi, objectOf, textAt } from "../api/index.ts";
import type { IssuedCertificate } from "./issued-certificate.ts";

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** What the Secret holds, valid or not; missing values are empty. */
export interface StoredCertificate {
  readonly issued: IssuedCertificate;
  /** The CA certificates, in PEM, that some replica may still serve under. */
  readonly previous: string;
  /** The object as it was read; a write is based on its `resourceVersion`. */
  readonly object: JsonObject;
}

const KEYS = { ca: "ca.crt", certificate: "tls.crt", key: "tls.key", previous: "previous-ca.crt" } as const;

/** Reads the Secret; undefined if it does not exist. */
export async function readSecret(api: KubernetesApi, at: SecretName): Promise<StoredCertificate | undefined> {
  const object = await getIfPresent(api, `${collection(at)}/${at.name}`);
  if (object === undefined) return undefined;
  const text = (key: string): string => Buffer.from(textAt(object, "data", key) ?? "", "base64").toString("utf8");
  const pair = { certificate: text(KEYS.certificate), key: text(KEYS.key) };
  return { issued: { ca: text(KEYS.ca), pair }, previous: text(KEYS.previous), object };
}

/**
 * Writes the Secret if it is unchanged since `stored` was read, and creates it if there was none. Other keys in it
 * stay.
 * @throws ApiError with status 409 if it was written meanwhile, with 403 if it does not exist and must not be created.
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

/** The chart grants no right to create Secrets, which RBAC cannot limit to one name; it creates an empty one itself. */
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
