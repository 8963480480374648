import type { AfterErrorHook } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import { refusalBody } from './request-refused.ts'

/** PostgreSQL's classes of errors that the values of a request cause, whatever our code does. */
const BY_CODE: ReadonlyArray<[RegExp, number, Issue]> = [
  // 22: data exceptions (a number out of range, a day that does not exist, text in another encoding).
  [/^22/, 400, refusal('unusable-value', '有的内容无法保存（数字太大、日期不存在，或有无法识别的字符），没有处理。请检查后再试。')],
  [/^23503$/, 422, refusal('unknown-reference', '所选的内容不存在或已被移走，没有保存。请重新选择。')],
  [/^23505$/, 409, refusal('taken', '已有同样的内容（如同名的标识），没有保存。请换一个。')],
  [/^23/, 422, refusal('incomplete', '缺少必填的内容，没有保存。请补全后再试。')],
  [/^54/, 400, refusal('too-complex', '查询条件太复杂，没有处理。请减少条件后再试。')],
]

/** Gives errors that a request caused below Payload the status and the sentence that they deserve; faults of ours stay faults. */
export const translateError: AfterErrorHook = ({ error }) => {
  const found = translated(error)
  return found ? { status: found.status, response: refusalBody([found.issue]) } : undefined
}

function translated(error: unknown): { status: number; issue: Issue } | null {
  // JSON within a form with a file: everything else was parsed before.
  if (error instanceof SyntaxError) return { status: 400, issue: refusal('malformed', '请求不是有效的 JSON，没有处理。请刷新页面后重试。') }
  for (let cause: unknown = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : null) {
    const code = 'code' in cause && 'severity' in cause ? String(cause.code) : ''
    const rule = BY_CODE.find(([pattern]) => code.length === 5 && pattern.test(code))
    if (rule) return { status: rule[1], issue: rule[2] }
  }
  return null
}
