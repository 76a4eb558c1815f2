/** Words that name an environment; a folder's name holds one on its own or beside others: `prod`, `shop-dev`. */
const ENVIRONMENT =
  /(?:^|[-_.])(?:dev|develop|development|devel|prod|prd|production|stage|stg|staging|preprod|nonprod|qa|uat|int|integration|preview|sandbox|live)(?:\d*)(?=$|[-_.])/i;
/** Words that name one only on their own: `test-runner` is an application. */
const ENVIRONMENT_ALONE = /^(?:test|tests|testing|tst|e2e|ci|demo|local|canary|blue|green|dr|edge)\d*$/i;
/** Regions, as clouds and people name them: `eu`, `us-east-1`, `europe-west4`. */
const REGION =
  /^(?:eu|us|usa|uk|de|ap|apac|emea|na|sa|ca|me|af|asia|europe|america|australia|northamerica|southamerica)(?:[-_]?(?:gov-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)?(?:europe|us|asia)?[-_]?\d*[a-z]?)?$/i;
/** Folders whose children are each applied on their own. */
const COLLECTIONS =
  /^(?:clusters?|envs?|environments?|overlays|regions?|stages|sites|variants|datacenters?|tenants|examples?|samples?|demos?|tutorials?|testdata|fixtures|testcases|cases)$/i;

/**
 * What a path says about where its file is applied: the names of environments, regions and clusters in it. Files of
 * `dev/` and `prod/`, or of `clusters/eu` and `clusters/us`, never meet in one cluster, and nothing in the files says so.
 * @param folder the file's folder, with slashes, relative to the folder that is checked
 */
export function environmentOf(folder: string): string {
  const names = folder.split("/").filter((name) => name !== "" && name !== "." && name !== "..");
  return names.filter((name, index) => isEnvironment(name) || COLLECTIONS.test(names[index - 1] ?? "")).join("/");
}

function isEnvironment(name: string): boolean {
  return ENVIRONMENT.test(name) || ENVIRONMENT_ALONE.test(name) || REGION.test(name);
}
