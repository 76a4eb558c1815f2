import { chmod, chown, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { getIfPresent, objectOf, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { fieldOf, type Surroundings } from "./environment.ts";
import type { Mount } from "./launch.ts";
import { flagAt, meta, numberAt } from "./objects.ts";
import { TOKEN_FOLDER, Tokens } from "./tokens.ts";

/** A file of a volume: its content, and its mode if it has one of its own. */
interface File {
  readonly content: Buffer;
  readonly mode: number | undefined;
}

type Files = Map<string, File>;

/** The volumes of a Pod, as folders of this machine. What they show of the cluster is kept up to date. */
export class Volumes {
  readonly #cluster: Cluster;
  readonly #pod: JsonObject;
  readonly #folder: string;
  readonly #around: Surroundings;
  readonly #tokens: Tokens;
  /** What was written last, as one text for each volume. */
  readonly #written = new Map<string, string>();

  constructor(cluster: Cluster, pod: JsonObject, folder: string, around: Surroundings) {
    this.#cluster = cluster;
    this.#pod = pod;
    this.#folder = folder;
    this.#around = around;
    this.#tokens = new Tokens(cluster, pod);
  }

  /**
   * What a container mounts. The token is mounted even where the spec does not mention it: where the API server's plugin
   * `ServiceAccount` is off, nobody else adds it.
   */
  async mountsOf(container: JsonObject): Promise<readonly Mount[]> {
    const mounts = objectsAt(container, "volumeMounts").map((mount) => ({
      path: textAt(mount, "mountPath") ?? "",
      source: join(this.#path(textAt(mount, "name") ?? ""), textAt(mount, "subPath") ?? ""),
      readOnly: mount.readOnly === true,
    }));
    if (mounts.some(({ path }) => path === TOKEN_FOLDER) || !(await this.#tokens.isWanted())) return mounts;
    return [...mounts, { path: TOKEN_FOLDER, source: this.#path(TOKEN_VOLUME), readOnly: true }];
  }

  /**
   * Makes the volumes, or brings them up to date.
   * @throws if something that is not optional does not exist, as a kubelet reports it.
   */
  async write(): Promise<void> {
    for (const volume of objectsAt(this.#pod, "spec", "volumes")) {
      const name = textAt(volume, "name") ?? "";
      if (valueAt(volume, ["emptyDir"]) !== undefined) await this.#makeEmpty(name);
      else await this.#put(name, await this.#filesOf(volume, name), volume);
    }
    if (await this.#tokens.isWanted()) {
      const sources = [{ serviceAccountToken: { path: "token", expirationSeconds: 3607 } }, { ca: true }];
      const files: Files = new Map();
      for (const source of sources) await this.#project(source, files);
      files.set("namespace", { content: Buffer.from(meta(this.#pod, "namespace")), mode: undefined });
      await this.#put(TOKEN_VOLUME, files, {});
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  async #makeEmpty(name: string): Promise<void> {
    await mkdir(this.#path(name), { recursive: true });
    await chmod(this.#path(name), 0o777);
  }

  async #filesOf(volume: JsonObject, name: string): Promise<Files> {
    const files: Files = new Map();
    const sources = objectsAt(volume, "projected", "sources");
    if (sources.length === 0 && !["configMap", "secret", "downwardAPI", "projected"].some((key) => key in volume))
      throw new Error(`volume "${name}" is of a type that this node does not have`);
    for (const source of sources.length > 0 ? sources : [volume]) await this.#project(source, files);
    return files;
  }

  /** Adds the files of one source: ConfigMap, Secret, downward API, token, or the CA of the API server. */
  async #project(source: JsonObject, files: Files): Promise<void> {
    if ("ca" in source) files.set("ca.crt", { content: Buffer.from(this.#cluster.ca), mode: undefined });
    for (const item of objectsAt(source, "downwardAPI", "items")) {
      const text = fieldOf(this.#pod, textAt(item, "fieldRef", "fieldPath") ?? "", this.#around);
      files.set(textAt(item, "path") ?? "", { content: Buffer.from(text), mode: undefined });
    }
    const token = valueAt(source, ["serviceAccountToken"]);
    if (token !== undefined) {
      const content = Buffer.from(await this.#tokens.token(objectOf(token)));
      files.set(textAt(token, "path") ?? "token", { content, mode: 0o600 });
    }
    for (const [key, kind] of [
      ["configMap", "configmaps"],
      ["secret", "secrets"],
    ] as const) {
      const wanted = valueAt(source, [key]);
      if (wanted !== undefined) await this.#projectObject(objectOf(wanted), kind, files);
    }
  }

  async #projectObject(wanted: JsonObject, kind: "configmaps" | "secrets", files: Files): Promise<void> {
    const name = textAt(wanted, "secretName") ?? textAt(wanted, "name") ?? "";
    const path = `/api/v1/namespaces/${meta(this.#pod, "namespace")}/${kind}/${name}`;
    const object = await getIfPresent(this.#cluster.api, path);
    const isOptional = flagAt(wanted, "optional") === true;
    if (object === undefined && !isOptional)
      throw new Error(`${kind === "secrets" ? "secret" : "configmap"} "${name}" not found`);
    const binary = Object.entries(objectOf(kind === "secrets" ? object?.data : object?.binaryData));
    const plain = Object.entries(objectOf(kind === "secrets" ? undefined : object?.data));
    const data = new Map([
      ...binary.map(([key, value]) => [key, Buffer.from(String(value), "base64")] as const),
      ...plain.map(([key, value]) => [key, Buffer.from(String(value))] as const),
    ]);
    const items = objectsAt(wanted, "items");
    const pairs = items.map((item) => [textAt(item, "key") ?? "", textAt(item, "path") ?? "", item] as const);
    for (const [key, at, item] of items.length > 0 ? pairs : [...data.keys()].map((one) => [one, one, {}] as const)) {
      const content = data.get(key);
      if (content === undefined && !isOptional) throw new Error(`${name} has no key "${key}"`);
      const mode = numberAt(item, -1, "mode");
      if (content !== undefined) files.set(at, { content, mode: mode < 0 ? undefined : mode });
    }
  }

  /**
   * Writes files as a kubelet does: into a folder of their own, to which one symbolic link is then turned, so that a
   * reader sees all of the old ones or all of the new ones.
   */
  async #put(name: string, files: Files, volume: JsonObject): Promise<void> {
    const text = JSON.stringify([...files].map(([path, { content }]) => [path, content.toString("base64")]));
    if (this.#written.get(name) === text) return;
    const folder = this.#path(name);
    const stamp = `..${new Date().toISOString().replaceAll(/[^0-9]/g, "_")}`;
    const modes = ["configMap", "secret", "projected", "downwardAPI"].map((key) =>
      numberAt(volume, -1, key, "defaultMode"),
    );
    const usual = modes.find((mode) => mode >= 0) ?? 0o644;
    const owner = numberAt(this.#pod, 0, "spec", "securityContext", "runAsUser");
    await mkdir(join(folder, stamp), { recursive: true });
    for (const [path, { content, mode }] of files) {
      const file = join(folder, stamp, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      await chmod(file, mode ?? usual);
      // What only its owner may read, such as a token, belongs to the container's user.
      if ((mode ?? usual) === 0o600) await chown(file, owner, -1);
    }
    const before = await readlink(join(folder, "..data")).catch(() => undefined);
    await symlink(stamp, join(folder, "..data_tmp"));
    await rename(join(folder, "..data_tmp"), join(folder, "..data"));
    await this.#link(folder, files);
    if (before !== undefined && before !== stamp) await rm(join(folder, before), { recursive: true, force: true });
    this.#written.set(name, text);
  }

  async #link(folder: string, files: Files): Promise<void> {
    const wanted = new Set([...files.keys()].map((path) => path.split("/")[0] ?? path));
    const present = (await readdir(folder)).filter((name) => !name.startsWith(".."));
    for (const name of present.filter((one) => !wanted.has(one))) await rm(join(folder, name));
    for (const name of [...wanted].filter((one) => !present.includes(one)))
      await symlink(join("..data", name), join(folder, name));
  }
}

/** The volume of the token that no spec mentions. */
const TOKEN_VOLUME = "..token";
