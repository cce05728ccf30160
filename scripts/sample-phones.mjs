// The demo world's phones, one a line: account, secret, number, whose. Runs in an instance's environment, after the build.
import { labWorld, phoneSecret } from '../dist/src/cli/lab-world.js';

const { LAB_SIP_PORT, LAB_PHONE_SECRET, SIP_REALM } = process.env;
const world = labWorld({ sipPort: Number(LAB_SIP_PORT), phoneSeed: LAB_PHONE_SECRET, realm: SIP_REALM });

for (const device of world.devices) {
  const member = world.members.find(({ id }) => id === device.member_id);
  const numbers = world.numbers.filter(({ holder_id }) => holder_id === device.member_id);
  const secret = phoneSecret(LAB_PHONE_SECRET, device.username);
  const shown = numbers.map(({ display }) => display).join(', ');
  console.log(
    `${device.username.padEnd(14)} ${secret}  ${shown.padEnd(18)} ${member.name} (${device.country})`,
  );
}
