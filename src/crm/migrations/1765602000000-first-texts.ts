import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every centre begins with, in three languages: mails to customers and words for how a call ended. Companies may have their own. */
export class FirstTexts1765602000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const [code, language, subject, body] of templates)
      await db.query(
        `INSERT INTO mail_template (owner, code, language, subject, body) VALUES ('operator', $1, $2, $3, $4)`,
        [code, language, subject, body],
      );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM mail_template WHERE owner = 'operator'`);
  }
}

const templates: readonly (readonly [string, string, string, string])[] = [
  [
    'follow-up',
    'en',
    'About your call to {{company}}',
    'Dear {{name}},\n\nthank you for your call.\n\n{{text}}\n\nKind regards\n{{company}}\n',
  ],
  [
    'follow-up',
    'ko',
    '{{company}} 상담 안내',
    '{{name}} 님, 안녕하세요.\n\n전화 주셔서 감사합니다.\n\n{{text}}\n\n감사합니다.\n{{company}} 드림\n',
  ],
  [
    'follow-up',
    'ja',
    '{{company}}へのお電話について',
    '{{name}} 様\n\nお電話ありがとうございました。\n\n{{text}}\n\nよろしくお願いいたします。\n{{company}}\n',
  ],
  [
    'case-opened',
    'en',
    'We are working on it: {{case}}',
    'Dear {{name}},\n\nwe have written down: {{case}}.\n\n{{text}}\n\nKind regards\n{{company}}\n',
  ],
  [
    'case-opened',
    'ko',
    '접수되었습니다: {{case}}',
    '{{name}} 님, 안녕하세요.\n\n문의하신 내용이 접수되었습니다: {{case}}\n\n{{text}}\n\n감사합니다.\n{{company}} 드림\n',
  ],
  [
    'case-opened',
    'ja',
    '受け付けました：{{case}}',
    '{{name}} 様\n\n次の件を承りました：{{case}}\n\n{{text}}\n\nよろしくお願いいたします。\n{{company}}\n',
  ],
  [
    'missed-you',
    'en',
    'We could not reach you',
    'Dear {{name}},\n\nwe have tried to reach you at {{number}}. Please call us when it suits you.\n\nKind regards\n{{company}}\n',
  ],
  [
    'missed-you',
    'ko',
    '통화가 연결되지 않았습니다',
    '{{name}} 님, 안녕하세요.\n\n{{number}} 번호로 연락드렸으나 통화하지 못했습니다. 편하신 때에 전화 주시기 바랍니다.\n\n감사합니다.\n{{company}} 드림\n',
  ],
  [
    'missed-you',
    'ja',
    'お電話がつながりませんでした',
    '{{name}} 様\n\n{{number}} にお電話いたしましたが、つながりませんでした。ご都合のよいときにお電話ください。\n\nよろしくお願いいたします。\n{{company}}\n',
  ],
];
