/**
 * A reason not to go on that the operator can act on: one sentence, what happened and what to do.
 * The command ends with it, without a stack, and with a non-zero exit.
 */
export class Refusal extends Error {
  override name = 'Refusal'
}
