'use client'

import { useState } from 'react'
import { PasswordForm } from './password-form.tsx'

/** The password on one's own page: folded away until it is wanted. */
export function OwnPassword({ email }: { email: string }) {
  const [state, setState] = useState<'closed' | 'open' | 'done'>('closed')
  if (state === 'open') return <PasswordForm email={email} onChanged={() => setState('done')} />
  return (
    <>
      {state === 'done' ? <p role="status">密码已修改，其他设备上的登录已结束。</p> : null}
      <p><button type="button" className="cluster-button" onClick={() => setState('open')}>修改密码</button></p>
    </>
  )
}
