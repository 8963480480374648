import ipaddr from 'ipaddr.js'

/** Thrown when a list of trusted proxies names something that is no address. */
export class NoAddress extends Error {
  override name = 'NoAddress'
}

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]
const LOOPBACK = ['127.0.0.0/8', '::1/128']
const NO_CLIENT = 'unknown'

/** Whose word about a client's address is believed. */
export type TrustedProxies = readonly Network[]

/**
 * `loopback, 10.0.0.5, 192.168.0.0/16` → the networks; an empty list, or `none`, trusts nobody.
 * Throws `NoAddress`.
 */
export function parseTrustedProxies(list: string): TrustedProxies {
  const words = list.split(/[\s,]+/).filter((word) => word !== '' && word !== 'none')
  return words.flatMap((word) => (word === 'loopback' ? LOOPBACK : [word])).map((word) => {
    try {
      if (word.includes('/')) return ipaddr.parseCIDR(word)
      const address = ipaddr.process(word)
      return [address, address.kind() === 'ipv4' ? 32 : 128] as const
    } catch {
      throw new NoAddress(`${word} is no address`)
    }
  })
}

/**
 * The address that a request comes from, in its shortest form: the connection's other end, or, where that is a trusted proxy, the one that
 * it names; of several hops the last that no trusted proxy is. Everything further left is whatever the client wrote.
 */
export function clientAddress({ peer, forwardedFor, trusted }: {
  peer: string | undefined
  forwardedFor: string | string[] | undefined
  trusted: TrustedProxies
}): string {
  const hops = [forwardedFor ?? []].flat().join(',').split(',').map((hop) => read(hop.trim()))
  let client = read(peer ?? '')
  while (client && isTrusted(client, trusted) && hops.length > 0) {
    const before = hops.pop() ?? null
    if (before === null) break
    client = before
  }
  return client?.toString() ?? NO_CLIENT
}

/** What is counted as one client: an IPv4 address, or the IPv6 network of one household (RFC 6177: a /64 at least), where addresses cost nothing. */
export function countedAs(address: string): string {
  const read = ipaddr.isValid(address) ? ipaddr.process(address) : null
  if (read === null || read.kind() === 'ipv4') return address
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${read.toString()}/64`).toString()}/64`
}

function isTrusted(address: ipaddr.IPv4 | ipaddr.IPv6, trusted: TrustedProxies): boolean {
  return trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network as ipaddr.IPv4 & ipaddr.IPv6, bits))
}

/** Some proxies append the port. */
function read(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null
}
