import {
  escapedPath,
  Failure,
  fromBytes,
  parseRequestUrl,
  parseUrl,
  splitHost,
  type Url,
  urlText,
} from "../go/index.ts";
import { objectType, type Type } from "../types/index.ts";
import { CelError, type Value } from "../values/index.ts";
import { KubernetesValue } from "./kubernetes-value.ts";

export const URL_TYPE = objectType("kubernetes.URL");

/** A URL. Source: `URL` of the API server's `pkg/cel`. */
export class UrlValue extends KubernetesValue {
  readonly type: Type = URL_TYPE;
  readonly url: Url;

  constructor(url: Url) {
    super();
    this.url = url;
  }

  override equals(other: Value): boolean {
    return other instanceof UrlValue && urlText(this.url) === urlText(other.url);
  }

  get scheme(): string {
    return fromBytes(this.url.scheme);
  }

  /** The host with the port, an IPv6 address in brackets. */
  get host(): string {
    return fromBytes(this.url.authority.host);
  }

  /** The host without the port, an IPv6 address without brackets. */
  get hostname(): string {
    return fromBytes(splitHost(this.url.authority.host).name);
  }

  get port(): string {
    return splitHost(this.url.authority.host).port;
  }

  get escapedPath(): string {
    return fromBytes(escapedPath(this.url));
  }
}

/** Reads an absolute URL or path. Source: `stringToUrl` of the API server's `library/urls.go`. */
export function parseUrlValue(text: string): UrlValue | CelError {
  const request = parseRequestUrl(text);
  const url = request instanceof Failure ? request : parseUrl(text);
  return url instanceof Failure
    ? new CelError(`URL parse error during conversion from string: ${url.message}`)
    : new UrlValue(url);
}
