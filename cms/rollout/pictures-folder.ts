/** Below the data folder: pictures of pilots, evidence of their dry runs. */
export const PICTURES_FOLDER = 'rollout-pictures'
