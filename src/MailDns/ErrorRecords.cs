using System.IO;
using MailDns.Dkim.Keys;
using MailDns.Formats;
using MailDns.MailReports;
using MailDns.Spf;
using MailDns.Text;

namespace MailDns;

/// <summary>Turns the core's exceptions into error records. The ids are part of the contract and never change.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of an exception that concerns <paramref name="target"/>.</summary>
    public static ErrorRecord From(Exception exception, object? target) => exception switch
    {
        DomainNameException => new ErrorRecord(exception, "InvalidDomain", ErrorCategory.InvalidArgument, target),
        RecordExportException export => new ErrorRecord(exception, IdOf(export), CategoryOf(export), target),
        RecordParseException parse => Parse(parse, target),
        JsonTextException => new ErrorRecord(exception, "InvalidProfile", ErrorCategory.ParserError, target),
        SendingProviderNotFoundException => new ErrorRecord(exception, "ProviderNotFound", ErrorCategory.ObjectNotFound, target),
        SendingProviderValueException => new ErrorRecord(exception, "InvalidProviderValue", ErrorCategory.InvalidArgument, target),
        Smtp.SmtpException => new ErrorRecord(exception, "CertificateNotShown", ErrorCategory.ResourceUnavailable, target),
        MailReportException => new ErrorRecord(exception, "ReportInvalid", ErrorCategory.InvalidData, target),
        ZoneFileException => new ErrorRecord(exception, "InvalidZoneFile", ErrorCategory.ParserError, target),
        PrivateKeyException key => new ErrorRecord(exception, IdOf(key), key.Fault == PrivateKeyFault.Invalid ? ErrorCategory.InvalidData : ErrorCategory.AuthenticationError, target),
        Messages.MessageException message => message.IsTooLarge
            ? new ErrorRecord(exception, "MessageTooLarge", ErrorCategory.LimitsExceeded, target)
            : new ErrorRecord(exception, "InvalidMessage", ErrorCategory.InvalidData, target),
        PrivateFileExistsException => new ErrorRecord(exception, "FileExists", ErrorCategory.ResourceExists, target),
        Publishing.UndoFileExistsException => new ErrorRecord(exception, "FileExists", ErrorCategory.ResourceExists, target),
        ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException => new ErrorRecord(exception, "FileNotFound", ErrorCategory.ObjectNotFound, target),
        FileNotFoundException or DirectoryNotFoundException => new ErrorRecord(exception, "FileNotFound", ErrorCategory.ObjectNotFound, target),
        UnauthorizedAccessException => new ErrorRecord(exception, "AccessDenied", ErrorCategory.PermissionDenied, target),
        IOException => new ErrorRecord(exception, "FileError", ErrorCategory.ReadError, target),
        FormatException => new ErrorRecord(exception, "InvalidValue", ErrorCategory.InvalidArgument, target),
        ArgumentException argument => new ErrorRecord(WithoutParameter(argument), "InvalidValue", ErrorCategory.InvalidArgument, target),
        Publishing.RecordPlanException { IsUnknown: true } => new ErrorRecord(exception, "LookupFailed", ErrorCategory.ResourceUnavailable, target),
        Publishing.RecordPlanException => new ErrorRecord(exception, "RecordConflict", ErrorCategory.ResourceExists, target),
        SpfRefusalException { IsUnknown: true } => new ErrorRecord(exception, "LookupFailed", ErrorCategory.ResourceUnavailable, target),
        SpfRefusalException => new ErrorRecord(exception, "SpfRefused", ErrorCategory.InvalidOperation, target),
        InvalidOperationException => new ErrorRecord(exception, "InvalidOperation", ErrorCategory.InvalidOperation, target),
        _ => new ErrorRecord(exception, "Unexpected", ErrorCategory.InvalidResult, target),
    };

    // "... (Parameter 'options')", "... Parameter name: options": a name of the code's, which says nothing to a user.
    private static ArgumentException WithoutParameter(ArgumentException exception)
    {
        if (string.IsNullOrEmpty(exception.ParamName)) return exception;

        int end = exception.Message.IndexOf(" (Parameter '" + exception.ParamName, StringComparison.Ordinal);
        end = end < 0 ? exception.Message.IndexOf("Parameter name: " + exception.ParamName, StringComparison.Ordinal) : end;
        return end < 0 ? exception : new ArgumentException(exception.Message.Substring(0, end).TrimEnd(), exception);
    }

    private static string IdOf(PrivateKeyException exception) => exception.Fault switch
    {
        PrivateKeyFault.PasswordRequired => "PasswordRequired",
        PrivateKeyFault.WrongPassword => "WrongPassword",
        _ => "InvalidPrivateKey",
    };

    private static string IdOf(RecordExportException exception) => exception.Fault switch
    {
        RecordExportFault.Type => "RecordTypeNotSupported",
        RecordExportFault.Length => "RecordTooLong",
        RecordExportFault.Conflict => "RecordConflict",
        _ => "RecordValueNotSupported",
    };

    private static ErrorCategory CategoryOf(RecordExportException exception) => exception.Fault switch
    {
        RecordExportFault.Type => ErrorCategory.NotImplemented,
        RecordExportFault.Length => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.InvalidData,
    };

    // One line: error views fold several into one.
    private static ErrorRecord Parse(RecordParseException exception, object? target)
    {
        string place = exception.Length > 0 ? PrintableText.Quote(exception.Fragment) + " at character " : "at character ";
        string details = exception.Message + " In " + PrintableText.Quote(exception.Text) + ", " + place + (exception.Offset + 1) + "; rule: " + exception.Rule + ".";
        return new ErrorRecord(exception, "InvalidRecord", ErrorCategory.ParserError, target) { ErrorDetails = new ErrorDetails(details) };
    }
}

/// <summary>A warning or verbose line that work off the pipeline's thread hands back, to be written in its place among the output.</summary>
internal sealed class CmdletMessage
{
    private CmdletMessage(string text, bool isWarning)
    {
        Text = text;
        IsWarning = isWarning;
    }

    public string Text { get; }

    public bool IsWarning { get; }

    public static CmdletMessage Warning(string text) => new(text, isWarning: true);

    public static CmdletMessage Verbose(string text) => new(text, isWarning: false);
}
