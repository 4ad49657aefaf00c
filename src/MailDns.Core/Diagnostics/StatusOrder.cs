namespace MailDns.Diagnostics;

/// <summary>The order in which people should read results.</summary>
internal static class StatusOrder
{
    public static CheckStatus[] All { get; } =
    {
        CheckStatus.Fail, CheckStatus.Unknown, CheckStatus.Warning, CheckStatus.Info, CheckStatus.Pass, CheckStatus.NotApplicable,
    };

    /// <summary>0 for the worst.</summary>
    public static int Rank(CheckStatus status) => System.Array.IndexOf(All, status);
}
