import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { unsafeIssue } from './safe-json.ts'

/** Data of a request that came as a form beside a file; JSON of its own is refused earlier, in `parseRequest`. */
export const refuseUnsafeData: CollectionBeforeOperationHook = ({ args, req }) => {
  const data = req.payloadAPI === 'REST' && 'data' in args ? args.data : undefined
  const issue = data === undefined ? null : unsafeIssue(data)
  if (issue) throw new APIError(issue.message, 400, { code: issue.code }, true)
  return args
}
