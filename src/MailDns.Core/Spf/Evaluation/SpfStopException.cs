using System;

namespace MailDns.Spf;

/// <summary>Ends an evaluation with TempError or PermError from wherever it stands. Never leaves the evaluator.</summary>
internal sealed class SpfStopException : Exception
{
    public SpfStopException(SpfResultCode result, string message)
        : base(message) => Result = result;

    public SpfResultCode Result { get; }
}
