using System.IO;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace MailDns.MailReports;

/// <summary>
/// Finds the reports in a file, whatever it is called: its octets decide. Opens gzip, zip, mails and mailboxes, in each other
/// too, within limits. What is broken is said once, with where it is, and the rest goes on. Nothing is written to disk.
/// </summary>
internal sealed class MailReportOpener(MailReportLimit limits, Func<IMailPartReader> mime, DateTime now, CancellationToken cancellationToken)
{
    private const int HeadSize = 4096;
    private const string Separator = " > ";
    private readonly ReportTexts _texts = new(limits.TextLength);
    private readonly List<string> _members = new();
    private long _total;
    private int _found;

    /// <summary>Takes a report that was read to its end, or as far as it went.</summary>
    public required Action<MailReport> OnReport { get; init; }

    /// <summary>Takes what cannot be read: the member, null for the file itself, and why.</summary>
    public required Action<string?, MailReportException> OnError { get; init; }

    /// <summary>Takes the rows of an aggregate report before the report itself; the list that it fills belongs to the caller.</summary>
    public required Func<Action<DmarcReportRow>> OnAggregate { get; init; }

    /// <summary>Takes what was passed over because it is no report: a readme in an archive, the text of a mail.</summary>
    public Action<string>? OnIgnored { get; init; }

    /// <summary>True to keep local parts, subjects and the like of failure reports.</summary>
    public bool IncludesPersonalData { get; init; }

    private MailReportLimit Limits => limits;
    private CancellationToken Stop => cancellationToken;
    private string? Member => _members.Count == 0 ? null : string.Join(Separator, _members);

    /// <summary>Reads everything in a file.</summary>
    /// <param name="stream">The file; can seek.</param>
    public void Read(Stream stream)
    {
        _total = 0;
        _found = 0;
        _members.Clear();
        int errors = 0;
        try
        {
            Visit(stream, depth: 0, isCompressed: false, fault => errors += Report(fault));
        }
        catch (MailReportException fault)
        {
            errors += Report(fault);
        }

        _members.Clear();
        if (_found == 0 && errors == 0) Report(new MailReportException("It contains no report."));
    }

    private int Report(MailReportException fault)
    {
        OnError(Member, fault);
        return 1;
    }

    // Each member is read by itself: one that is broken does not keep the next from being read.
    private void Within(string name, Action read, Action<MailReportException> onFault)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int depth = _members.Count;
        _members.Add(PrintableText.Escape(name));
        try
        {
            read();
        }
        catch (MailReportException fault) when (fault.IsForeign)
        {
            OnIgnored?.Invoke(Member ?? string.Empty);
        }
        catch (MailReportException fault) when (!fault.IsLimit)
        {
            onFault(fault);
        }

        _members.RemoveRange(depth, _members.Count - depth);
    }

    private void Visit(Stream stream, int depth, bool isCompressed, Action<MailReportException> onFault)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var head = new byte[HeadSize];
        long read = 0;
        var counting = new CountingStream(stream, count =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            read += count;
            Check(read > limits.ReportSize, "it is larger than " + MailReportLimit.Size(limits.ReportSize) + " (-Limit ReportSize)");
            if (isCompressed)
            {
                _total += count;
                Check(_total > limits.FileSize, "the file unpacks to more than " + MailReportLimit.Size(limits.FileSize) + " (-Limit FileSize)", isLimit: true);
            }
        });
        try
        {
            int length = counting.Look(head);
            Open(stream, counting, head, length, depth, onFault);
        }
        catch (InvalidDataException exception)
        {
            throw new MailReportException("The compressed data is broken or cut.", exception);
        }
        catch (XmlException exception)
        {
            throw new MailReportException("It is not valid XML: " + PrintableText.Escape(exception.Message), exception) { IsForeign = true };
        }
    }

    private void Open(Stream stream, CountingStream counting, byte[] head, int length, int depth, Action<MailReportException> onFault)
    {
        switch (MailReportSniffer.Tell(head, length))
        {
            case MailReportContent.Empty:
                throw new MailReportException("It is empty.");
            case MailReportContent.Xml:
                ReadXml(counting, head, length);
                break;
            case MailReportContent.Json:
                ReadJson(counting, head, length);
                break;
            case MailReportContent.Gzip:
                ReadGzip(stream, counting, depth, onFault);
                break;
            case MailReportContent.Zip:
                ReadZip(Seekable(stream, counting), depth, onFault);
                break;
            case MailReportContent.Mail:
                ReadMail(Seekable(stream, counting), isMailbox: false, depth, onFault);
                break;
            case MailReportContent.Mailbox:
                ReadMail(Seekable(stream, counting), isMailbox: true, depth, onFault);
                break;
            case MailReportContent.OutlookMessage:
                throw new MailReportException("It is an Outlook message (.msg). Save it in Outlook as .eml, or save its attachment, and read that.");
            case MailReportContent.WebPage:
                throw new MailReportException("It is a web page, not a report. Was it downloaded without being signed in?");
            default:
                throw new MailReportException("It is not a report: neither XML, JSON, gzip, zip nor a mail.") { IsForeign = true };
        }
    }

    private static void Check(bool isOver, string reason, bool isLimit = false)
    {
        if (isOver) throw new MailReportException("It was not read: " + reason + ".") { IsLimit = isLimit };
    }

    private void ReadXml(Stream stream, byte[] head, int length)
    {
        var notes = new ReportNotes();
        using TextReader text = ReportDecoder.Open(stream, head, length, notes);
        using var mended = new XmlRepairReader(text, _texts, notes);
        using var xml = new ReportXml(ReportXml.Open(mended), _texts, notes);
        for (int count = 0; ; count++)
        {
            if (!HasRoot(xml, mended, count)) return;

            ReadFeedback(xml, mended, notes);
            notes = new ReportNotes();
        }
    }

    // True at a report; what follows the first and is none is passed over.
    private static bool HasRoot(ReportXml xml, XmlRepairReader mended, int count)
    {
        try
        {
            while (xml.NextRoot())
            {
                if (string.Equals(xml.Name, "feedback", StringComparison.OrdinalIgnoreCase)) return true;

                if (count == 0)
                {
                    throw new MailReportException(string.Equals(xml.Name, "html", StringComparison.OrdinalIgnoreCase)
                        ? "It is a web page, not a report. Was it downloaded without being signed in?"
                        : "It is XML, but not a DMARC report: its root element is " + PrintableText.Quote(xml.Name) + ".") { IsForeign = true };
                }

                xml.Skip();
            }
        }
        catch (Exception exception) when (count > 0 && exception is XmlException or EndOfStreamException)
        {
            return false;
        }
        catch (Exception exception) when (exception is XmlException or EndOfStreamException or InvalidDataException)
        {
            throw new MailReportException(mended.HasDoctype ? "It has a DTD." : "It is not valid XML: " + PrintableText.Escape(exception.Message), exception) { IsForeign = true };
        }

        return count > 0 ? false : throw new MailReportException("It is not valid XML: it has no elements.") { IsForeign = true };
    }

    private void ReadFeedback(ReportXml xml, XmlRepairReader mended, ReportNotes notes)
    {
        Action<DmarcReportRow> onRow = OnAggregate();
        DmarcReport report = AggregateReader.Read(xml, notes, now, onRow, out Exception? fault);
        if (fault is MailReportException { IsLimit: true } limit) throw limit;

        if (fault is not null)
        {
            string reason = fault is MailReportException ? fault.Message : fault is InvalidDataException ? "The compressed data is broken or cut." : "The report is cut or is not valid XML.";
            if (report.RowCount == 0 || mended.HasDoctype) throw new MailReportException(reason, fault);

            notes.Warn(reason.TrimEnd('.') + ": only its first " + report.RowCount + " rows could be read.");
        }
        else if (mended.IsEndMended)
        {
            notes.Warn("The end of the report was cut by a few characters; no row is missing.");
        }

        report.Warnings = notes.Warnings;
        report.Notes = notes.Notes;
        Give(report);
    }

    private void ReadJson(Stream stream, byte[] head, int length)
    {
        var notes = new ReportNotes();
        using TextReader text = ReportDecoder.Open(stream, head, length, notes);
        TlsReport report;
        try
        {
            report = TlsReader.Read(text, _texts, notes, now);
        }
        catch (InvalidDataException exception)
        {
            throw new MailReportException("The compressed data is broken or cut.", exception);
        }

        report.Warnings = notes.Warnings;
        report.Notes = notes.Notes;
        Give(report);
    }

    private void ReadGzip(Stream stream, CountingStream counting, int depth, Action<MailReportException> onFault)
    {
        Check(depth >= limits.Nesting, "archives are nested more than " + limits.Nesting + " deep (-Limit Nesting)");
        if (stream.CanSeek)
            Check(stream.Length > limits.CompressedSize, "it is larger than " + MailReportLimit.Size(limits.CompressedSize) + " (-Limit CompressedSize)");

        using var unpacked = new GZipStream(counting, CompressionMode.Decompress, leaveOpen: true);
        Visit(Guarded(unpacked, () => counting.Count), depth + 1, isCompressed: true, onFault);
    }

    // Little that unpacks to much is an attack, not a report.
    private CountingStream Guarded(Stream unpacked, Func<long> packed)
    {
        long read = 0;
        return new CountingStream(unpacked, count =>
        {
            read += count;
            Check(read > limits.RatioSize && read / Math.Max(1, packed()) > limits.Ratio, "it unpacks to more than " + limits.Ratio + " times its size (-Limit Ratio)");
        });
    }

    private void ReadZip(Stream stream, int depth, Action<MailReportException> onFault)
    {
        Check(depth >= limits.Nesting, "archives are nested more than " + limits.Nesting + " deep (-Limit Nesting)");
        Check(stream.Length > limits.CompressedSize, "it is larger than " + MailReportLimit.Size(limits.CompressedSize) + " (-Limit CompressedSize)");
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            Check(archive.Entries.Count > limits.Member, "the archive has " + archive.Entries.Count + " members; more than " + limits.Member + " are not read (-Limit Member)");
        }
        catch (InvalidDataException exception)
        {
            throw new MailReportException("It is not a readable zip archive.", exception) { IsForeign = true };
        }

        using (archive)
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.FullName.EndsWith("/", StringComparison.Ordinal) || entry.Length == 0 || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
                    continue;

                Within(entry.FullName, () => ReadEntry(entry, stream, depth, onFault), onFault);
            }
        }
    }

    private void ReadEntry(ZipArchiveEntry entry, Stream archive, int depth, Action<MailReportException> onFault)
    {
        if (ZipDirectory.IsEncrypted(archive, entry.FullName))
            throw new MailReportException("The member is encrypted. Unpack it with its password and read the result.");

        try
        {
            using Stream content = entry.Open();
            Visit(Guarded(content, () => entry.CompressedLength), depth + 1, isCompressed: true, onFault);
        }
        catch (InvalidDataException exception)
        {
            throw new MailReportException("The member is broken or packed in a way that is not supported.", exception);
        }
    }

    private void ReadMail(Stream stream, bool isMailbox, int depth, Action<MailReportException> onFault)
    {
        Check(depth > limits.Nesting, "mails and archives are nested more than " + limits.Nesting + " deep (-Limit Nesting)");
        var mail = new MailReading(this, depth, onFault);
        try
        {
            mime().Read(stream, isMailbox, limits.Part, mail.Visit);
        }
        catch (FormatException exception) when (exception is not MailReportException)
        {
            throw new MailReportException("It is not a readable mail: " + PrintableText.Escape(exception.Message), exception);
        }
        finally
        {
            mail.Finish();
        }
    }

    // MIME and zip need to go back; a file can, and what is unpacked is held, within its limit.
    private Stream Seekable(Stream stream, CountingStream counting)
    {
        if (stream.CanSeek)
        {
            stream.Position = 0;
            return stream;
        }

        var held = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = counting.Read(buffer, 0, buffer.Length)) > 0)
        {
            held.Write(buffer, 0, read);
            Check(held.Length > limits.CompressedSize, "it is larger than " + MailReportLimit.Size(limits.CompressedSize) + " (-Limit CompressedSize)");
        }

        held.Position = 0;
        return held;
    }

    private void Give(MailReport report)
    {
        _found++;
        report.Member = Member;
        OnReport(report);
    }

    /// <summary>The mails of one stream: a feedback report and the copy of the message that follows it belong together.</summary>
    private sealed class MailReading(MailReportOpener opener, int depth, Action<MailReportException> onFault)
    {
        private DmarcFailureReport? _failure;
        private string _sender = string.Empty;

        public bool Visit(MailPart part)
        {
            opener.Stop.ThrowIfCancellationRequested();
            if (part.Open is null) return VisitMail(part);

            opener.Within(part.Place, () => VisitPart(part), onFault);
            return true;
        }

        public void Finish()
        {
            if (_failure is { } failure)
            {
                _failure = null;
                opener.Give(failure);
            }
        }

        private bool VisitMail(MailPart part)
        {
            if (part.IsEmbedded && _failure is not null)
            {
                AddSample(part.Headers, isWhole: true);
                return false;
            }

            Finish();
            _sender = part.Headers.FirstOrDefault(header => string.Equals(header.Key, "From", StringComparison.OrdinalIgnoreCase)).Value ?? string.Empty;
            return true;
        }

        private void VisitPart(MailPart part)
        {
            switch (part.MediaType)
            {
                case "message/feedback-report":
                    Finish();
                    using (var text = new StreamReader(part.Open!(), Encoding.UTF8))
                    {
                        _failure = FailureReader.Read(text, opener.Limits.TextLength, opener.IncludesPersonalData);
                        _failure.Organization = SenderDomain();
                    }

                    break;
                case "text/rfc822-headers" or "text/rfc822" or "text/rfc-822" or "text-rfc-822" when _failure is not null:
                    using (var text = new StreamReader(part.Open!(), Encoding.UTF8))
                    {
                        AddSample(FailureReader.Fields(text, opener.Limits.TextLength), isWhole: false);
                    }

                    break;
                case "text/plain" or "text/html" when _failure is not null:
                    break;
                default:
                    ReadContent(part);
                    break;
            }
        }

        private void ReadContent(MailPart part)
        {
            if (part.MediaType == "text/plain")
            {
                using var text = new StreamReader(part.Open!(), Encoding.UTF8);
                if (FailureReader.ReadPlain(text, opener.Limits.TextLength) is { } plain)
                {
                    plain.Organization = SenderDomain();
                    _failure = plain;
                    return;
                }
            }

            using Stream content = part.Open!();
            opener.Visit(new CountingStream(content, static _ => { }), depth, isCompressed: true, onFault);
        }

        private void AddSample(IReadOnlyList<KeyValuePair<string, string>> headers, bool isWhole)
        {
            FailureReader.AddSample(_failure!, headers, isWhole, opener.IncludesPersonalData);
            Finish();
        }

        private string SenderDomain() => PrintableText.Escape(_sender.Substring(_sender.LastIndexOf('@') + 1).Trim('>', ' ').ToLowerInvariant());
    }
}
