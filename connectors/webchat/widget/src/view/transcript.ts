// Saves the conversation as a file on the citizen's own device. The key goes in a header, so the address in the
// download list opens nothing.
import { element } from './dom';

const kExtensions: [RegExp, string][] = [[/json/, 'json'], [/html/, 'html'], [/pdf/, 'pdf']];

export async function saveTranscript(request: Promise<Response>, name: string): Promise<boolean> {
  try {
    const response = await request;
    if (!response.ok) return false;
    const type = response.headers.get('Content-Type') ?? '';
    const extension = kExtensions.find(([known]) => known.test(type))?.[1] ?? 'txt';
    const address = URL.createObjectURL(await response.blob());
    element('a', { href: address, download: `${name}.${extension}` }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return true;
  } catch {
    return false;
  }
}
