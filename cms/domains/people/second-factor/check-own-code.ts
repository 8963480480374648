import type { PayloadRequest } from 'payload'
import type { SignedInUser } from '../../../access/granted-sites.ts'
import { inTransaction } from '../../../database/query.ts'
import { refuse } from '../answer.ts'
import { giveBackAttempt, LOCK_MINUTES, takeAttempt } from '../sign-in/attempts.ts'
import { checkCode } from './check-code.ts'

/** Asks somebody who is signed in for a code. Attempts are counted with those of the sign-in. @throws Refused when it is wrong */
export async function checkOwnCode(req: PayloadRequest, account: SignedInUser, code: string): Promise<void> {
  if (!(await takeAttempt(req.payload, account.id))) refuse(429, 'locked', `连续输错次数太多，请 ${LOCK_MINUTES} 分钟后再试。`, 'code')
  if (!(await inTransaction(req, () => checkCode(req, account.id, code)))) {
    refuse(422, 'wrong-code', '动态验证码不正确或已经用过。请等手机上出现新的 6 位数字后再输入。', 'code')
  }
  await giveBackAttempt(req.payload, account.id)
}
