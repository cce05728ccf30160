import PDFDocument from 'pdfkit';
import { byFont, fonts } from './fonts.js';

export const LEFT = 50;
export const RIGHT = 545;
const BOTTOM = 780;
const TOP = 50;

export interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** A4 pages with a pen that goes down line by line and turns the page by itself. */
export class PdfPage {
  readonly stream: PDFKit.PDFDocument;
  private y = TOP;
  private size = 9;

  /** `created` makes the file the same however often it is written. */
  constructor(info: { readonly title: string; readonly author: string; readonly created: Date }) {
    this.stream = new PDFDocument({
      size: 'A4',
      margin: 0,
      info: { Title: info.title, Author: info.author, CreationDate: info.created, ModDate: info.created },
    });
    const { western, eastern } = fonts();
    this.stream.registerFont('western', western);
    this.stream.registerFont('eastern', eastern);
  }

  /** What was written last needs so much room; a new page begins where there is less. */
  private room(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.stream.addPage();
    this.y = TOP;
    return true;
  }

  heading(text: string): void {
    this.write(text, { x: LEFT, width: RIGHT - LEFT, align: 'left' }, 16);
    this.down(24);
  }

  title(text: string): void {
    this.down(8);
    this.write(text, { x: LEFT, width: RIGHT - LEFT, align: 'left' }, 11);
    this.down(16);
    this.rule();
  }

  /** One line of cells. Returns whether it went to a new page, so that a table may repeat its header. */
  row(cells: readonly string[], columns: readonly Column[], height = 13): boolean {
    const turned = this.room(height);
    for (const [index, column] of columns.entries()) this.write(cells[index] ?? '', column, this.size);
    this.down(height);
    return turned;
  }

  rule(): void {
    this.stream.moveTo(LEFT, this.y).lineTo(RIGHT, this.y).lineWidth(0.5).stroke();
    this.down(5);
  }

  down(points: number): void {
    this.y += points;
  }

  /** Cut at the end of its column: a line is a line. */
  private write(text: string, { x, width, align }: Column, size: number): void {
    const fitted = this.fitted(text, width, size);
    let at = align === 'left' ? x : x + width - this.widthOf(fitted, size);
    for (const run of byFont(fitted)) {
      this.stream.font(run.font).fontSize(size).text(run.text, at, this.y, { lineBreak: false });
      at += this.stream.widthOfString(run.text);
    }
  }

  private fitted(text: string, width: number, size: number): string {
    if (this.widthOf(text, size) <= width) return text;
    const letters = [...text];
    while (letters.length > 0 && this.widthOf(`${letters.join('')}…`, size) > width) letters.pop();
    return `${letters.join('')}…`;
  }

  private widthOf(text: string, size: number): number {
    return byFont(text).reduce(
      (width, run) => width + this.stream.font(run.font).fontSize(size).widthOfString(run.text),
      0,
    );
  }
}
