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
  // 42883, 42804: a condition that does not fit the kind of the field (text of a choice, words of a number). Other errors of class 42 are ours.
  [/^42(?:883|804)$/, 400, refusal('bad-parameter', '查询条件与字段的类型不符，没有处理。请重新选择条件。', 'where')],
  [/^54/, 400, refusal('too-complex', '查询条件太复杂，没有处理。请减少条件后再试。')],
]

/** What the reader of forms says of a form that is none; it throws plain errors. */
const BROKEN_FORM = /^(?:Malformed (?:part header|content type|urlencoded form)|Unexpected end of |Multipart: Boundary not found|Missing Content-Type|Unsupported content type)/

/** Gives errors that a request caused below Payload the status and the sentence that they deserve; faults of ours stay faults. */
export const translateError: AfterErrorHook = ({ error }) => {
  const found = translated(error)
  return found ? { status: found.status, response: refusalBody([found.issue]) } : undefined
}

function translated(error: unknown): { status: number; issue: Issue } | null {
  // JSON within a form with a file: everything else was parsed before.
  if (error instanceof SyntaxError) return { status: 400, issue: refusal('malformed', '请求不是有效的 JSON，没有处理。请刷新页面后重试。') }
  if (error instanceof Error && BROKEN_FORM.test(error.message)) return { status: 400, issue: refusal('malformed', '表单不完整或格式不对，没有处理。请刷新页面后重新上传。') }
  for (let cause: unknown = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : null) {
    const code = 'code' in cause && 'severity' in cause ? String(cause.code) : ''
    const rule = BY_CODE.find(([pattern]) => code.length === 5 && pattern.test(code))
    if (rule) return { status: rule[1], issue: rule[2] }
  }
  return null
}
