/** The delivery server (or the CMS) did not answer: down, too slow, or broken. Stored pages go on being served. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** An answer that does not fit the contract: a portal and a delivery server of different versions. */
export class ContractBroken extends Error {
  override name = 'ContractBroken'
}
