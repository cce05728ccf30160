import { Check, Column, CreateDateColumn, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { UserRole } from '../policies.js';

/** Somebody who can sign in. Which member, agent or partner it is, the business modules know by the account's id. */
@Entity()
@Unique('user_account_email_key', ['email'])
@Check('user_account_email_lower', 'email = lower(email)')
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

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;
}
