using System.IO;
using MailDns.MailReports;
using MimeKit;
using MimeKit.Tnef;

namespace MailDns.Mime;

/// <summary>Reads mails and mailboxes with MimeKit. Contents stay in the stream until they are opened.</summary>
public sealed class MimeKitPartReader : IMailPartReader
{
    // Deeper than any mail that was written by a program in good faith.
    private const int MaxDepth = 16;

    void IMailPartReader.Read(Stream stream, bool isMailbox, int maxParts, Func<MailPart, bool> visit)
    {
        var options = new ParserOptions { MaxMimeDepth = MaxDepth };
        var parser = new CountingParser(options, stream, isMailbox ? MimeFormat.Mbox : MimeFormat.Entity, maxParts);
        int number = 0;
        while (!parser.IsEndOfStream)
        {
            parser.Count = 0;
            using MimeMessage message = parser.ParseMessage();
            number++;
            string place = isMailbox ? "message " + number.ToString(CultureInfo.InvariantCulture) + ", " : string.Empty;
            Walk(message, place, string.Empty, isEmbedded: false, visit);
            if (!isMailbox) break;
        }
    }

    private static void Walk(MimeMessage message, string place, string number, bool isEmbedded, Func<MailPart, bool> visit)
    {
        var mail = new MailPart("message/rfc822", place + "message") { Headers = Headers(message.Headers), IsEmbedded = isEmbedded };
        if (visit(mail) && message.Body is { } body) Walk(body, place, number, visit);
    }

    private static void Walk(MimeEntity entity, string place, string number, Func<MailPart, bool> visit)
    {
        switch (entity)
        {
            case Multipart multipart:
                for (int i = 0; i < multipart.Count; i++)
                {
                    string index = (i + 1).ToString(CultureInfo.InvariantCulture);
                    Walk(multipart[i], place, number.Length == 0 ? index : number + "." + index, visit);
                }

                break;
            case MessagePart { Message: { } message } part when !IsHeadersOnly(part):
                Walk(message, place, number, isEmbedded: true, visit);
                break;
            case MessagePart { Message: { } message } part:
                visit(new MailPart(MediaType(part), Place(part, place, number)) { Open = () => Written(message) });
                break;
            case MimePart { Content: { } content } part:
                visit(new MailPart(MediaType(part), Place(part, place, number)) { Open = () => Content(part, content) });
                break;
        }
    }

    // text/rfc822-headers is a message to MimeKit, with nothing behind the header.
    private static bool IsHeadersOnly(MessagePart part) => !part.ContentType.IsMimeType("message", "*");

    private static Stream Written(MimeMessage message)
    {
        var stream = new MemoryStream();
        message.Headers.WriteTo(stream);
        stream.Position = 0;
        return stream;
    }

    // Base64, quoted-printable and uuencode are undone while reading; winmail.dat keeps its attachments to itself.
    private static Stream Content(MimePart part, IMimeContent content) => part is TnefPart ? new MemoryStream() : content.Open();

    private static string MediaType(MimeEntity entity) => entity.ContentType.MimeType.ToLowerInvariant();

    private static string Place(MimeEntity entity, string place, string number)
    {
        string part = number.Length == 0 ? "body" : "part " + number;
        string? name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name;
        return place + (string.IsNullOrEmpty(name) ? part : part + " " + name);
    }

    private static KeyValuePair<string, string>[] Headers(HeaderList headers) =>
        headers.Take(1000).Select(header => new KeyValuePair<string, string>(header.Field, header.Value)).ToArray();

    private sealed class CountingParser(ParserOptions options, Stream stream, MimeFormat format, int maxParts) : MimeParser(options, stream, format, persistent: true)
    {
        public int Count { get; set; }

        protected override void OnMimeEntityBegin(MimeEntityBeginEventArgs args)
        {
            if (++Count > maxParts)
                throw new MailReportException("It was not read: the mail has more than " + maxParts.ToString(CultureInfo.InvariantCulture) + " parts (-Limit Part).");

            base.OnMimeEntityBegin(args);
        }
    }
}
