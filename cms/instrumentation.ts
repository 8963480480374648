/** Called by Next once, when the server starts. */
export async function register(): Promise<void> {
  const { openCmsOperator } = await import('./metrics/cms-operator.ts')
  openCmsOperator()
}
