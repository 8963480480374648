/** Below the sign-in form: what to do when one cannot get in. */
export function SignInHelp() {
  return <p className="cluster-hint cluster-sign-in-help">账号由本单位的安全管理员开通。忘记密码，或提示账号锁定，请联系安全管理员。</p>
}
