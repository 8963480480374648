import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { unsafeIssue } from './safe-json.ts'

/** Data of a request that came as a form beside a file; JSON of its own is refused earlier, in `parseRequest`. */
export const refuseUnsafeData: CollectionBeforeOperationHook = ({ args, req }) => {
  const data = req.payloadAPI === 'REST' && 'data' in args ? args.data : undefined
  if (data === undefined) return args
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  const issue = isObject ? unsafeIssue(data) : refusal('malformed', '请求不是有效的 JSON，没有处理。请刷新页面后重试。')
  if (issue) throw new APIError(issue.message, 400, { code: issue.code }, true)
  return args
}
