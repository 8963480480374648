import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress, countedAs, NoAddress, parseTrustedProxies } from './client-address.ts'

const loopback = parseTrustedProxies('loopback')
const address = (peer: string | undefined, forwardedFor?: string | string[], trusted = loopback) => clientAddress({ peer, forwardedFor, trusted })

describe('the address of a client', () => {
  it('is the other end of the connection, however it is written', () => {
    expect(address('203.0.113.9')).toBe('203.0.113.9')
    expect(address('::ffff:203.0.113.9')).toBe('203.0.113.9')
    expect(address('2001:db8:0:0::1')).toBe('2001:db8::1')
    expect(address(undefined)).toBe('unknown')
  })

  it('is what a trusted proxy says, and what nobody else says', () => {
    expect(address('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9')
    expect(address('::1', '203.0.113.9:41234')).toBe('203.0.113.9')
    expect(address('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7')
    expect(address('127.0.0.1', '203.0.113.9', parseTrustedProxies('none'))).toBe('127.0.0.1')
  })

  it('is not what the client wrote before its proxy wrote', () => {
    expect(address('127.0.0.1', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9')
    expect(address('127.0.0.1', ['198.51.100.1', '203.0.113.9, 127.0.0.1'])).toBe('203.0.113.9')
    expect(address('127.0.0.1', '198.51.100.1, 203.0.113.9, 10.1.2.3', parseTrustedProxies('loopback 10.0.0.0/8'))).toBe('203.0.113.9')
  })

  it('stays the proxy’s where the proxy says nothing usable', () => {
    for (const odd of ['', 'unknown', 'x, <script>', '999.1.1.1']) expect(address('127.0.0.1', odd), odd).toBe('127.0.0.1')
  })

  it('is an address or none, whatever is sent', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (peer, header) => {
      expect(address(peer, header)).toMatch(/^(unknown|[0-9a-f.:%]+)$/)
    }))
  })
})

it('trusted proxies are addresses and networks; anything else is refused', () => {
  expect(parseTrustedProxies('')).toEqual([])
  expect(() => parseTrustedProxies('10.0.0.0/8, proxy.example.gov.cn')).toThrow(NoAddress)
})

it('a client is counted by its address, an IPv6 one by its network', () => {
  expect(countedAs('203.0.113.9')).toBe('203.0.113.9')
  expect(countedAs('2001:db8::1')).toBe(countedAs('2001:db8::ffff'))
  expect(countedAs('2001:db8::1')).not.toBe(countedAs('2001:db8:0:1::1'))
  expect(countedAs('unknown')).toBe('unknown')
})
