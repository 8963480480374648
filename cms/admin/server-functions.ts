/** What the admin's pages ask of the server beside the REST interface; each works by the access rules of the person who asks. */
export const OPEN_SERVER_FUNCTIONS: readonly string[] = [
  'form-state', 'render-document', 'render-document-slots', 'render-field', 'render-list', 'table-state',
]
/** Parts of the framework that this house does not use: languages, folders, widgets and schedules of its own. */
export const CLOSED_SERVER_FUNCTIONS: readonly string[] = [
  'copy-data-from-locale', 'get-default-layout', 'get-folder-results-component-and-data', 'get-upcoming-scheduled-publish', 'render-widget', 'schedule-publish', 'slugify',
]

/** Lets the named functions through and no others. @throws Error: the caller is a program that guesses, no page of ours asks for it */
export function openServerFunction<Args extends { name: string }>(args: Args): Args {
  if (!OPEN_SERVER_FUNCTIONS.includes(args.name)) throw new Error('没有这个功能。')
  return args
}
