// Exit code 0 when node_modules holds exactly what package-lock.json names. Runs on the host's Node, however old.
// usage: modules-current.cjs HOME
const { readFileSync } = require('node:fs');
const home = process.argv[2];

const packagesIn = (file) => JSON.parse(readFileSync(`${home}/${file}`, 'utf8')).packages;

try {
  const wanted = packagesIn('package-lock.json');
  const installed = packagesIn('node_modules/.package-lock.json');
  const isCurrent = Object.entries(wanted).every(([path, one]) => {
    if (path === '' || one.link) return true;
    const there = installed[path];
    // Optional packages are left out on platforms that they are not for.
    return there === undefined ? one.optional || one.devOptional || one.peer : there.version === one.version;
  });
  const hasExtra = Object.keys(installed).some((path) => !(path in wanted));
  process.exit(isCurrent && !hasExtra ? 0 : 1);
} catch {
  process.exit(1);
}
