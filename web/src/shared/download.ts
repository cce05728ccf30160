/** Hands a file that is fetched it to the browser under that name. */
export async function download(file: Promise<Blob>, name: string): Promise<void> {
  saveAs(await file, name);
}

export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it when click() returns; a second is generous.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
