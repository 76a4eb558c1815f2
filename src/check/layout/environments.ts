/** Words that name an environment; a folder's name holds one on its own or beside others: `prod`, `shop-dev`. */
const ENVIRONMENT =
  /(?:^|[-_.])(?:dev|develop|development|devel|prod|prd|production|stage|stg|staging|preprod|nonprod|qa|uat|int|integration|preview|sandbox|live)(?:\d*)(?=$|[-_.])/i;
/** Words that name one only on their own: `test-runner` is an application. */
const ENVIRONMENT_ALONE = /^(?:test|tests|testing|tst|e2e|ci|demo|local|canary|blue|green|dr|edge)\d*$/i;
/** Regions, as clouds and people name them: `eu`, `us-east-1`, `europe-west4`. */
const REGION =
  /^(?:eu|us|usa|uk|de|ap|apac|emea|na|sa|ca|me|af|asia|europe|america|australia|northamerica|southamerica)(?:[-_]?(?:gov-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)?(?:europe|us|asia)?[-_]?\d*[a-z]?)?$/i;
/** Folders whose children, folders or files, are each applied on their own. */
const COLLECTIONS =
  /^(?:clusters?|envs?|environments?|overlays|regions?|stages|sites|variants|datacenters?|tenants|examples?|samples?|demos?|tutorials?|testdata|fixtures|testcases|cases)$/i;
/** Folders of inputs for tests, each file of which is applied by a test of its own. `test` may be an environment. */
const TEST_INPUTS = /^(?:tests|e2e|testdata\d*|fixtures|testcases|golden)$/i;

/**
 * What paths say about where the files of a folder are applied: the names of environments, regions and clusters in them.
 * Files of `dev/` and `prod/`, or of `clusters/eu` and `clusters/us`, never meet in one cluster, and nothing in the files
 * says so.
 * @param folder the path of the folder, with slashes, relative to the folder that is checked
 * @returns what the path of a file in it says, by the file's name
 */
export function environmentIn(folder: string): (file: string) => string {
  const folders = folder.split("/").filter((name) => name !== "" && name !== "." && name !== "..");
  if (folders.some((name) => TEST_INPUTS.test(name))) return (file) => [...folders, file].join("/");
  const isInCollection = (index: number): boolean => COLLECTIONS.test(folders[index - 1] ?? "");
  const parts = folders.filter((name, index) => isInCollection(index) || isEnvironment(name));
  const isPart = isInCollection(folders.length) ? () => true : (file: string) => ENVIRONMENT.test(stemOf(file));
  const ofFolder = parts.join("/");
  return (file) => (isPart(file) ? [...parts, file].join("/") : ofFolder);
}

function isEnvironment(name: string): boolean {
  return ENVIRONMENT.test(name) || ENVIRONMENT_ALONE.test(name) || REGION.test(name);
}

function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, "");
}
