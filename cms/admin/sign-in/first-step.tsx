'use client'

import type { SignInStep } from '@cluster/shared/people/second-factor'
import { call } from '../account/call.ts'
import { EnrolForm } from '../account/enrol-form.tsx'
import { PasswordForm } from '../account/password-form.tsx'

const enter = () => window.location.assign('/admin')
const leave = async () => {
  await call('POST', '/api/users/logout')
  window.location.assign('/admin/login')
}

/** One step between signing in and working. */
export function FirstStep({ step, email, name }: { step: SignInStep; email: string; name: string }) {
  return (
    <section>
      {step === 'change-password' ? (
        <>
          <h1 className="cluster-sign-in-title">{name}，请先修改密码</h1>
          <p>现在的密码是别人给您的。换成只有您自己知道的密码，才能办理业务。</p>
          <PasswordForm email={email} onChanged={enter} />
        </>
      ) : (
        <>
          <h1 className="cluster-sign-in-title">{name}，请先绑定动态验证码</h1>
          <p>您的职责要求登录时除了密码，再输入手机上的动态验证码。绑定一次，以后每次登录使用。</p>
          <EnrolForm askPassword={false} onDone={enter} />
        </>
      )}
      <p><button type="button" className="cluster-link" onClick={leave}>退出登录</button></p>
    </section>
  )
}
