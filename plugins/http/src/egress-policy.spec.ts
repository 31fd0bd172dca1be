import { describe, expect, it } from '@jest/globals';
import { createEgressPolicy, UrlNotAllowedError } from './egress-policy.js';
import { readSettings } from './settings.js';

const byDefault = createEgressPolicy(readSettings({}));

describe('the default policy', () => {
  it.each([
    ['', "URL scheme '' is not allowed (only http and https are)."],
    ['example.com/x', "URL scheme '' is not allowed (only http and https are)."],
    ['ftp://127.0.0.1/x', "URL scheme 'ftp' is not allowed (only http and https are)."],
    ['file:///etc/passwd', "URL scheme 'file' is not allowed (only http and https are)."],
    ['http://127.0.0.1:9/', "URL host '127.0.0.1' resolves to a blocked address (127.0.0.1)."],
    ['http://169.254.10.10/', "URL host '169.254.10.10' resolves to a blocked address (169.254.10.10)."],
    ['http://[::1]/', "URL host '::1' resolves to a blocked address (::1)."],
    ['http://[fe80::1]/', "URL host 'fe80::1' resolves to a blocked address (fe80::1)."],
  ])('refuses "%s"', (url, message) => {
    expect(() => byDefault.checkUrl(url)).toThrow(new UrlNotAllowedError(message));
  });

  it.each([
    ['http://2130706433/'],
    ['http://0x7f.1/'],
    ['http://0177.0.0.1/'],
    ['http://127.1/'],
    ['http://0.0.0.0/'],
    ['http://0/'],
    ['http://0.1.2.3/'],
    ['http://[::]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[::FFFF:7F00:1]/'],
    ['http://[0:0:0:0:0:ffff:7f00:0001]/'],
    ['http://[::ffff:0.0.0.0]:8989/'],
    ['http://[::127.0.0.1]/'],
    ['http://[::ffff:0:127.0.0.1]/'],
    ['http://[64:ff9b::7f00:1]/'],
    ['http://[64:ff9b::]/'],
    ['http://[64:ff9b:1::127.0.0.1]/'],
    ['http://[64:ff9b:1:7f00:0:100::]/'],
    ['http://[64:ff9b:1:ab7f:0:1::]/'],
    ['http://[64:ff9b:1:abcd:7f:0:100:0]/'],
    ['http://[2002:7f00:1::1]/'],
    ['http://[2002::1]/'],
    ['http://[2001:0:7f00:1::1]/'],
    ['http://[2001:0:c000:207:0:0:80ff:fffe]/'],
    ['http://[2001:db8::5efe:7f00:1]/'],
    ['http://[2001:db8::200:5efe:127.0.0.1]/'],
    ['http://user:pw@127.0.0.1/'],
    ['http://127.0.0.1./'],
    ['http://%31%32%37.0.0.1/'],
    ['http://127%2e0%2e0%2e1/'],
    ['http://\uff11\uff12\uff17\uff0e\uff10\uff0e\uff10\uff0e\uff11/'],
    ['http://127\u30020\u30020\u30021/'],
    ['http://0X7F000001/'],
    ['http://017700000001/'],
    ['http:127.0.0.1/'],
    ['http:\\\\127.0.0.1\\'],
  ])('sees that %s is this machine', (url) => {
    expect(() => byDefault.checkUrl(url)).toThrow('resolves to a blocked address');
  });

  it.each([
    ['http://192.0.2.7/'],
    ['https://example.com/'],
    ['HTTP://[2001:db8::1]:80/'],
    ['http://[::ffff:192.0.2.7]/'],
    ['http://[64:ff9b::192.0.2.7]/'],
    ['http://[64:ff9b:1::192.0.2.7]/'],
    ['http://[2002:c000:207::1]/'],
    ['http://[2001:db8::5efe:192.0.2.7]/'],
  ])('lets %s pass', (url) => {
    expect(byDefault.checkUrl(url).href).toBe(new URL(url).href);
  });

  it('refuses a name that leads to a denied address', async () => {
    await expect(resolve(byDefault, 'localhost')).rejects.toThrow(
      /^URL host 'localhost' resolves to a blocked address \((127.0.0.1|::1)\)\.$/,
    );
  });
});

describe('a resolver', () => {
  const leadingTo = (...addresses: readonly string[]) =>
    createEgressPolicy(readSettings({}), (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );

  it.each([
    ['127.0.0.53'],
    ['0.0.0.0'],
    ['::'],
    ['::ffff:0.0.0.0'],
    ['fe80::1%eth0'],
    ['64:ff9b::a9fe:a9fe'],
    ['2002:a9fe:a9fe::'],
  ])('that answers %s is not followed, also beside a good address', async (address) => {
    await expect(resolve(leadingTo('192.0.2.7', address), 'x.example')).rejects.toThrow(
      `URL host 'x.example' resolves to a blocked address (${address}).`,
    );
  });

  it('is asked once per connection, and what it said is what is connected to', async () => {
    const answers = ['192.0.2.7', '127.0.0.1'];
    const policy = createEgressPolicy(readSettings({}), (_name, _options, done) =>
      done(null, [{ address: answers.shift() ?? '', family: 4 }]),
    );

    expect(await resolve(policy, 'rebinding.example')).toBe('192.0.2.7');
    await expect(resolve(policy, 'rebinding.example')).rejects.toThrow(UrlNotAllowedError);
  });
});

describe('an open connection', () => {
  it.each([['127.0.0.1'], ['::ffff:127.0.0.1'], ['fe80::1%eth0'], ['::1']])('to %s is refused', (address) => {
    expect(() => byDefault.checkConnected('x.example', address)).toThrow(
      `URL host 'x.example' resolves to a blocked address (${address}).`,
    );
  });

  it('to another address is used', () => {
    expect(() => byDefault.checkConnected('x.example', '::ffff:192.0.2.7')).not.toThrow();
  });
});

describe('the operator decides', () => {
  it('allows only listed hosts, small and capital letters alike', () => {
    const policy = createEgressPolicy(readSettings({ HTTP_ALLOWED_HOSTS: 'api.example.com, *.Internal.example' }));

    expect(policy.checkUrl('http://API.example.com/x').hostname).toBe('api.example.com');
    expect(policy.checkUrl('http://db.internal.example/').hostname).toBe('db.internal.example');
    expect(() => policy.checkUrl('http://example.com/')).toThrow(
      "URL host 'example.com' is not among the allowed hosts.",
    );
    expect(policy.checkUrl('http://api.example.com./').hostname).toBe('api.example.com.');
    expect(() => policy.checkUrl('http://internal.example/')).toThrow(UrlNotAllowedError);
  });

  it('opens everything with none', async () => {
    const open = createEgressPolicy(readSettings({ HTTP_DENIED_CIDRS: 'none' }));

    expect(open.checkUrl('http://127.0.0.1/').hostname).toBe('127.0.0.1');
    expect(await resolve(open, 'localhost')).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  it('closes more ranges', () => {
    const policy = createEgressPolicy(readSettings({ HTTP_DENIED_CIDRS: '10.0.0.0/8,2001:db8::/32' }));

    expect(() => policy.checkUrl('http://10.1.2.3/')).toThrow(UrlNotAllowedError);
    expect(() => policy.checkUrl('http://[2001:db8::5]/')).toThrow(UrlNotAllowedError);
    expect(() => policy.checkUrl('http://[::ffff:10.1.2.3]/')).toThrow(UrlNotAllowedError);
    expect(() => policy.checkUrl('http://[64:ff9b:1::10.1.2.3]/')).toThrow(UrlNotAllowedError);
    expect(() => policy.checkUrl('http://[2002:a01:203::]/')).toThrow(UrlNotAllowedError);
  });

  it.each([
    [{ HTTP_DENIED_CIDRS: '10.0.0.0/40' }, 'HTTP_DENIED_CIDRS: got "10.0.0.0/40"'],
    [{ HTTP_DENIED_CIDRS: 'nonsense' }, 'HTTP_DENIED_CIDRS: got "nonsense"'],
    [{ HTTP_DEFAULT_TIMEOUT: 'soon' }, 'HTTP_DEFAULT_TIMEOUT: got "soon", expected a whole number from 0'],
  ])('is told what is wrong with %p', (settings, message) => {
    expect(() => createEgressPolicy(readSettings(settings))).toThrow(message);
  });
});

function resolve(policy: ReturnType<typeof createEgressPolicy>, name: string): Promise<string> {
  return new Promise((done, fail) => {
    policy.lookup(name, {}, (error, address) => (error === null ? done(address as string) : fail(error)));
  });
}
