import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { UserRole } from '../policies.js';

/** Somebody who can sign in. Which member, agent or partner it is, the business modules know by the account's id. */
@Entity()
@Unique('user_account_email_key', ['email'])
@Check('user_account_email_lower', 'email = lower(email)')
@Index('user_account_member', ['memberId'])
@Index('user_account_company', ['companyId', 'id'])
// Of public terminals' accounts only, by their age.
@Index('user_account_terminal', { synchronize: false })
export class UserAccount {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'user_account_pkey' })
  id!: string;

  @Column('text')
  email!: string;

  @Column('text')
  passwordHash!: string;

  @Column('text', { array: true })
  roles!: UserRole[];

  @Column('uuid', { nullable: true })
  companyId!: string | null;

  @Column('uuid', { nullable: true })
  memberId!: string | null;

  @Column('text', { nullable: true })
  name!: string | null;

  /** BCP 47 tag: of mails, and of what is spoken. */
  @Column('text', { default: 'en' })
  language!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;
}
