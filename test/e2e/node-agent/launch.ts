import { textAt, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Image } from "./image.ts";
import { flagAt, numberAt, quoted } from "./objects.ts";

/** A folder of this machine at a path of the container. */
export interface Mount {
  readonly path: string;
  readonly source: string;
  readonly readOnly: boolean;
}

/** All that one process in a container needs. */
export interface Launch {
  readonly image: Image;
  readonly pod: JsonObject;
  readonly container: JsonObject;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** A folder for the root file system and the id of the process. */
  readonly folder: string;
  /** The file that leads into the container's cgroup. */
  readonly door: string | undefined;
}

/** Linux capabilities that a container engine leaves a container which asks for no others. */
const USUAL = ["chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "net_bind_service"];
const DEVICES = ["null", "zero", "full", "random", "urandom"];

/**
 * A shell script that makes the container around itself and then becomes its process. It is to be run in new namespaces
 * for mounts and process ids. The root file system has the image's files; nothing of this machine can be written.
 */
export function startScript(launch: Launch): string {
  const { image, mounts, folder, container } = launch;
  const isReadOnly = flagAt(container, "securityContext", "readOnlyRootFilesystem") === true;
  const all: Mount[] = [
    { path: "/usr", source: "/usr", readOnly: true },
    { path: "/sys", source: "/sys", readOnly: true },
    ...DEVICES.map((name) => ({ path: `/dev/${name}`, source: `/dev/${name}`, readOnly: false })),
    ...image.binds.map(([path, source]) => ({ path, source, readOnly: true })),
    ...mounts,
  ];
  return [
    "set -e",
    // Still this machine's /proc: the id by which it knows this process.
    `read -r pid rest </proc/self/stat; echo "$pid" >${quoted(`${folder}/pid`)}`,
    ...joining(launch),
    `cd ${quoted(folder)}; mkdir -p root; mount -t tmpfs -o mode=755,size=64m fairlead root; cd root`,
    "mkdir -p usr etc proc dev tmp sys var/run run old; chmod 1777 tmp",
    "for link in bin sbin lib lib64; do ln -s usr/$link $link; done",
    "echo 'fairlead:x:65532:65532::/:/bin/false' >etc/passwd; echo 'fairlead:x:65532:' >etc/group; echo '127.0.0.1 localhost' >etc/hosts",
    ...all.flatMap(bound),
    "mount -t proc -o nosuid,nodev,noexec proc proc",
    ...(isReadOnly ? ["mount -o remount,ro ."] : []),
    "pivot_root . old; cd /; umount -l /old",
    becoming(launch),
  ].join("\n");
}

/** A shell script that becomes a further process in a running container, as `kubectl exec` would start one. */
export function execScript(launch: Launch, process: number): string {
  const inside = ["nsenter", `--target=${process}`, "--mount", "--pid", "--net", "--", "sh", "-c", becoming(launch)];
  return [...joining(launch), `exec ${inside.map(quoted).join(" ")}`].join("\n");
}

function joining({ door }: Launch): readonly string[] {
  return door === undefined ? [] : [`echo 0 >${quoted(door)}`];
}

function bound({ path, source, readOnly }: Mount): readonly string[] {
  const [from, to] = [quoted(source), quoted(`.${path}`)];
  return [
    `if [ -d ${from} ]; then mkdir -p ${to}; else mkdir -p "$(dirname ${to})"; [ -e ${to} ] || touch ${to}; fi`,
    `mount --rbind ${from} ${to}`,
    ...(readOnly ? [`mount -o remount,bind,ro ${to}`] : []),
  ];
}

/** The last step: the user and the rights of the security contexts, the environment, and the command. */
function becoming({ pod, container, command, environment, image }: Launch): string {
  const user = contextNumber(pod, container, "runAsUser");
  const group = contextNumber(pod, container, "runAsGroup");
  const mustNotBeRoot =
    flagAt(container, "securityContext", "runAsNonRoot") ?? flagAt(pod, "spec", "securityContext", "runAsNonRoot");
  // The image's own user, where no other is asked for.
  const uid = user ?? 65532;
  if (mustNotBeRoot === true && uid === 0) throw new Error("container's runAsUser breaks non-root policy");
  const words = [
    "setpriv",
    // What is aborted leaves no process behind.
    "--pdeathsig=KILL",
    `--reuid=${uid}`,
    `--regid=${group ?? uid}`,
    ...groups(pod),
    `--bounding-set=${capabilities(container)}`,
    "--inh-caps=-all",
    ...(flagAt(container, "securityContext", "allowPrivilegeEscalation") === false ? ["--no-new-privs"] : []),
    "--",
    "env",
    "-i",
    ...Object.entries({ ...image.environment, ...environment }).map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
  return `cd ${quoted(textAt(container, "workingDir") ?? image.folder)}\nexec ${words.map(quoted).join(" ")}`;
}

function contextNumber(pod: JsonObject, container: JsonObject, key: string): number | undefined {
  const found = numberAt(container, numberAt(pod, -1, "spec", "securityContext", key), "securityContext", key);
  return found < 0 ? undefined : found;
}

function groups(pod: JsonObject): readonly string[] {
  const group = numberAt(pod, -1, "spec", "securityContext", "fsGroup");
  return group < 0 ? ["--clear-groups"] : [`--groups=${group}`];
}

function capabilities(container: JsonObject): string {
  const named = (key: string): string[] =>
    textsAt(container, "securityContext", "capabilities", key).map((name) => name.toLowerCase());
  const dropped = named("drop");
  const left = dropped.includes("all") ? [] : USUAL.filter((name) => !dropped.includes(name));
  return ["-all", ...[...left, ...named("add")].map((name) => `+${name}`)].join(",");
}
