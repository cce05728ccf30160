import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { Secret } from '../../../src/kernel/secret.js';
import { CardActivations } from '../../../src/membership/cards/card-activations.service.js';
import { Cards } from '../../../src/membership/cards/cards.service.js';
import type { CardCode } from '../../../src/membership/cards/domain/card-number.js';
import type { SignedIn } from '../../support/http-client.js';
import { PhoneWorld } from '../phone/phone-world.js';

let world: PhoneWorld;
let cards: Cards;
let activations: CardActivations;
let holderId: string;
let holder: SignedIn;
let operator: SignedIn;
let terminals: readonly [string, string];
let devices = 0;

const terminal = async () => {
  const name = `d-term${String(++devices).padStart(6, '0')}`;
  return world.device(await world.member(`owner of ${name}`), name);
};

beforeAll(async () => {
  world = await PhoneWorld.open(['web'], () => ({
    cardFileKey: new Secret('only-for-tests'.repeat(3)),
  }));
  cards = world.app.get(Cards, { strict: false });
  activations = world.app.get(CardActivations, { strict: false });
  holderId = await world.member('Grace Hall');
  [holder, operator] = [
    await world.account('member', { memberId: holderId }),
    await world.account('operator', {}),
  ];
});
afterAll(() => world.close());
beforeEach(async () => {
  terminals = [await terminal(), await terminal()];
});

interface SoldCard extends CardCode {
  readonly id: string;
}
async function sold(): Promise<SoldCard> {
  const [made] = await cards.make(1);
  if (made === undefined) throw new Error('no card was made');
  const bound = await world.db.inTx((tx) => cards.bind(tx, made.serial, holderId));
  if (!bound.ok) throw new Error(bound.failure.message);
  return { id: bound.value, number: made.number, pin: made.pin };
}
const open = () =>
  world.db.rows<{ device_id: string; member_id: string }>(
    'SELECT device_id, member_id FROM card_activation WHERE ended_at IS NULL AND device_id = ANY($1)',
    [terminals],
  );
const stateOf = async ({ id }: SoldCard) =>
  (await world.db.rows<{ state: string }>('SELECT state FROM flash_card WHERE id = $1', [id]))[0]?.state;
const wrong = ({ number, pin }: CardCode): CardCode => ({
  number,
  pin: String((Number(pin) + 1) % 1_000_000).padStart(6, '0'),
});

describe('a flash card', () => {
  it('given_number_and_pin_when_put_in_then_the_holder_is_on_that_terminal_until_it_is_taken_out', async () => {
    const card = await sold();
    const put = await activations.byCode(card, terminals[0]);
    expect(put).toMatchObject({ ok: true, value: { memberId: holderId, deviceId: terminals[0] } });
    expect(await stateOf(card)).toBe('active');
    expect((await activations.end(terminals[0], 'code')).ok).toBe(true);
    expect(await open()).toEqual([]);
    expect(await stateOf(card)).toBe('ready');
    expect((await activations.end(terminals[0], 'code')).ok).toBe(false);
  });

  it('given_it_is_in_elsewhere_when_put_in_then_it_is_taken_from_there', async () => {
    const card = await sold();
    await activations.byCode(card, terminals[0]);
    await activations.byCode(card, terminals[1]);
    expect(await open()).toEqual([{ device_id: terminals[1], member_id: holderId }]);
    expect(await stateOf(card)).toBe('active');
  });

  it('given_it_is_taken_over_from_a_desk_phone_then_that_one_is_rung_once_and_told_and_no_other', async () => {
    const card = await sold();
    await activations.byCode(card, terminals[0]);
    // Again at the same telephone: nobody has to be told.
    await activations.byCode(card, terminals[0]);
    await activations.byCode(card, terminals[1]);
    await activations.end(terminals[1], 'code');
    const told = await world.db.rows<{ payload: unknown }>(
      `SELECT payload FROM outbox WHERE topic = 'call-order.wanted' AND payload #>> '{ring,deviceId}' = ANY($1)`,
      [terminals],
    );
    expect(told).toEqual([
      {
        payload: expect.objectContaining({
          purpose: 'card-left',
          ring: { kind: 'device', deviceId: terminals[0] },
          language: 'ko',
          onAnswer: { do: 'speak', prompt: 'card-left', times: 2 },
        }),
      },
    ]);
  });

  it('given_twenty_terminals_when_they_race_for_one_card_then_it_is_on_exactly_one', async () => {
    const card = await sold();
    const many = await Promise.all(Array.from({ length: 20 }, terminal));
    // The limit of attempts has a test of its own: here the holder is known.
    await Promise.all(many.map((device) => activations.byKey(card.id, device)));
    const rows = await world.db.rows('SELECT FROM card_activation WHERE ended_at IS NULL AND card_id = $1', [
      card.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(await stateOf(card)).toBe('active');
  });

  it('given_two_cards_when_put_in_at_one_terminal_at_once_then_one_of_them_is_on_it', async () => {
    const both = [await sold(), await sold()];
    await Promise.all(both.map((card) => activations.byCode(card, terminals[0])));
    expect(await open()).toHaveLength(1);
    expect((await Promise.all(both.map(stateOf))).sort()).toEqual(['active', 'ready']);
  });

  it('given_a_lost_card_when_revoked_then_it_is_off_its_terminal_at_once_and_is_never_taken_again', async () => {
    const card = await sold();
    await activations.byCode(card, terminals[0]);
    expect((await world.ask(holder, `PUT /v1/cards/${card.id}/revocation`)).status).toBe(204);
    expect(await open()).toEqual([]);
    expect(await activations.byCode(card, terminals[1])).toMatchObject({ failure: { code: 'card.refused' } });
    expect(await stateOf(card)).toBe('revoked');
  });

  it('given_its_time_is_over_when_swept_then_it_is_off_the_terminal', async () => {
    const card = await sold();
    await activations.byCode(card, terminals[0]);
    await world.db.run("UPDATE card_activation SET expires_at = now() - interval '1 s' WHERE card_id = $1", [
      card.id,
    ]);
    expect(await activations.onTerminal(terminals[0])).toBeUndefined();
    await activations.sweep();
    expect(await open()).toEqual([]);
    expect(await stateOf(card)).toBe('ready');
  });

  it('given_its_holder_is_suspended_or_its_terminal_removed_then_it_is_off_the_terminal', async () => {
    const card = await sold();
    await activations.byCode(card, terminals[0]);
    await world.db.run("UPDATE member SET status = 'suspended' WHERE id = $1", [holderId]);
    expect(await open()).toEqual([]);
    expect((await activations.byCode(card, terminals[0])).ok).toBe(false);
    await world.db.run("UPDATE member SET status = 'active' WHERE id = $1", [holderId]);
    await activations.byCode(card, terminals[0]);
    await world.db.run('DELETE FROM device WHERE id = $1', [terminals[0]]);
    expect(await stateOf(card)).toBe('ready');
  });
});

describe('guessing', () => {
  it('given_wrong_pin_codes_when_tried_then_after_six_even_the_right_one_is_refused_with_the_same_answer', async () => {
    const card = await sold();
    const answers = [];
    for (let count = 0; count < 6; count++) answers.push(await activations.byCode(wrong(card), terminals[0]));
    answers.push(await activations.byCode(card, terminals[1]));
    answers.push(await activations.byCode({ ...card, number: '123456789012' }, terminals[1]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, failure: { code: 'card.refused' } });
  });

  it('given_a_terminal_from_which_many_cards_are_tried_then_it_is_refused_while_others_are_not', async () => {
    const card = await sold();
    for (let count = 0; count < 10; count++)
      await activations.byCode({ number: `9000000000${10 + count}`, pin: '000000' }, terminals[0]);
    expect((await activations.byCode(card, terminals[0])).ok).toBe(false);
    expect((await activations.byCode(card, terminals[1])).ok).toBe(true);
  });

  it('given_guesses_made_at_once_then_no_more_than_six_are_looked_at', async () => {
    const card = await sold();
    const many = await Promise.all(Array.from({ length: 12 }, terminal));
    await Promise.all(many.map((device) => activations.byCode(wrong(card), device)));
    expect((await activations.byCode(card, terminals[0])).ok).toBe(false);
  });

  it('given_a_few_typing_errors_when_the_right_pin_comes_then_it_is_taken', async () => {
    const card = await sold();
    for (let count = 0; count < 3; count++) await activations.byCode(wrong(card), terminals[0]);
    expect((await activations.byCode(card, terminals[0])).ok).toBe(true);
  });
});

describe('over REST', () => {
  it('given_cards_of_the_press_when_bound_then_their_holder_sees_and_changes_his_and_nobody_else_does', async () => {
    const made = await world.ask(operator, 'POST /v1/cards', { count: 2 });
    expect(made.status).toBe(201);
    const { items } = made.body as { items: { serial: string; number: string; pin: string }[] };
    expect(items).toHaveLength(2);
    expect(Number(items[1]?.serial.slice(2))).toBe(Number(items[0]?.serial.slice(2)) + 1);
    const bind = (memberId: string) =>
      world.ask(operator, `PUT /v1/cards/serials/${items[0]?.serial}/holder`, { memberId });
    const strangerId = await world.member('Stranger');
    expect((await bind(holderId)).status).toBe(204);
    expect((await bind(holderId)).status).toBe(204);
    expect((await bind(strangerId)).status).toBe(404);

    const mine = await world.ask(holder, 'GET /v1/cards?limit=200');
    const card = (mine.body as { items: { id: string; serial: string }[] }).items.find(
      ({ serial }) => serial === items[0]?.serial,
    );
    expect(JSON.stringify(mine.body)).not.toContain(items[0]?.pin ?? '');
    const changed = await world.ask(holder, `PATCH /v1/cards/${card?.id}`, { instead: true, hours: 2 });
    expect(changed.body).toMatchObject({ instead: true, hours: 2, state: 'ready' });

    const stranger = await world.account('member', { memberId: strangerId });
    expect((await world.ask(stranger, 'GET /v1/cards')).body).toMatchObject({ items: [] });
    for (const route of ['PUT pin', 'PUT file', 'PUT revocation', 'PATCH ', 'PUT keys/options'])
      expect(
        (
          await world.ask(
            stranger,
            route.replace(' ', ` /v1/cards/${card?.id}/`).replace(/\/$/, ''),
            route === 'PATCH ' ? {} : undefined,
          )
        ).status,
      ).toBe(404);
    expect((await world.ask(holder, 'POST /v1/cards', { count: 1 })).status).toBe(403);
  });

  it('given_a_browser_that_is_a_telephone_when_a_card_file_and_pin_are_given_then_the_card_is_in_and_older_files_are_not_taken', async () => {
    const card = await sold();
    const owner = await world.account('member', {
      memberId: await world.member('Hotel', { username: 'd-hotel00001' }),
    });
    const putIn = (body: unknown) => world.ask(owner, 'PUT /v1/terminal/card', body);
    expect((await putIn({ number: card.number, pin: card.pin })).status).toBe(409);
    await world.ask(owner, 'PUT /v1/phone/session', {});
    const file = async () =>
      ((await world.ask(holder, `PUT /v1/cards/${card.id}/file`)).body as { text: string; svg: string }).text;
    const [old, current] = [await file(), await file()];
    expect((await putIn({ file: old, pin: card.pin })).body).toMatchObject({ code: 'card.refused' });
    expect((await putIn({ file: current, pin: wrong(card).pin })).body).toMatchObject({
      code: 'card.refused',
    });
    expect((await putIn({ file: current, pin: card.pin })).body).toMatchObject({
      card: { name: 'Grace Hall' },
    });
    expect((await world.ask(owner, 'GET /v1/terminal/card')).body).toMatchObject({
      card: { name: 'Grace Hall' },
    });
    // The browser is signed out: its device goes, and the card is free.
    await world.ask(owner, 'DELETE /v1/sessions/current');
    expect(await stateOf(card)).toBe('ready');
  });

  it('given_a_browser_that_was_closed_when_swept_then_the_card_is_off_it', async () => {
    const card = await sold();
    const owner = await world.account('member', {
      memberId: await world.member('Inn', { username: 'd-inn0000001' }),
    });
    await world.ask(owner, 'PUT /v1/phone/session', {});
    await world.ask(owner, 'PUT /v1/terminal/card', { number: card.number, pin: card.pin });
    expect(await stateOf(card)).toBe('active');
    await world.db.run("UPDATE browser_phone SET seen_at = now() - interval '2 minutes'");
    await activations.sweep();
    expect(await stateOf(card)).toBe('ready');
    expect((await world.ask(owner, 'DELETE /v1/terminal/card')).status).toBe(404);
  });

  it('given_an_id_that_is_nobodys_then_it_is_unknown', async () => {
    expect((await world.ask(holder, `PUT /v1/cards/${newId()}/pin`)).status).toBe(404);
  });
});
